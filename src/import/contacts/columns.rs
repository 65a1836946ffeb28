//! What a column of a contact list means, by its header in any of six languages and twelve products.

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use crate::network::{Facts, fact};

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Field {
    First,
    Middle,
    Last,
    Name,
    Email,
    Phone,
    Company,
    Client,
    Site,
    Profession,
    Place,
    Tags,
    Profile,
    Handle,
    Id,
    Connected,
    /// A person who sent this contact; every value names somebody.
    ReferredBy,
    /// A source that may be a person ("Ana Ruiz") or not ("Google").
    ReferralSource,
    /// Whom the contact reports to: id, mail address or name.
    Manager,
    Assistant,
    /// A colleague who knows the contact.
    KnownBy,
    /// Yes or no, or when.
    Adopted,
    /// Date or period of adoption.
    AdoptedOn,
    Cost,
    Threshold,
    /// Somebody related, by name.
    Relation,
}

impl Field {
    /// The fact that the column fills as it stands.
    pub fn fact(self) -> Option<&'static str> {
        Some(match self {
            Self::Email => fact::EMAIL,
            Self::Phone => fact::PHONE,
            Self::Company => fact::COMPANY,
            Self::Client => fact::CLIENT,
            Self::Site => fact::SITE,
            Self::Profession => fact::PROFESSION,
            Self::Place => fact::PLACE,
            Self::Tags => fact::TAGS,
            Self::Handle => fact::HANDLE,
            Self::Cost => fact::COST,
            Self::Threshold => fact::THRESHOLD,
            _ => return None,
        })
    }
}

/// Meanings and the reduced headers that have them, parted by blanks. In each product's own words first, then in German, French,
/// Spanish, Italian and Dutch as Outlook writes them.
const ALIASES: &[(Field, &str)] = &[
    (
        Field::First,
        "firstname first givenname forename contactfirstname vorname prénom prenom nombre \
         nome voornaam",
    ),
    (
        Field::Middle,
        "middlename additionalname weiterevornamen deuxièmeprénom segundonombre secondonome \
         middelstenaam",
    ),
    (
        Field::Last,
        "lastname last surname familyname contactlastname nachname familienname nom \
         nomdefamille apellido apellidos cognome achternaam",
    ),
    (
        Field::Name,
        "name fullname displayname contactname personname contact person fileas label \
         anzeigename nomcomplet nombrecompleto nomecompleto volledigenaam weergavenaam",
    ),
    (
        Field::Email,
        "email emailaddress mail email1value email2value email3value email4value \
         primaryemail secondaryemail email2address email3address emailwork emailhome \
         emailother workemail personemail personemailwork useremail emailadresse \
         email2adresse adressedemessagerie adresseemail courriel \
         direccióndecorreoelectrónico correoelectrónico correo indirizzopostaelettronica \
         indirizzoemail emailadres mailadresse",
    ),
    (
        Field::Phone,
        "phone phonenumber mobilephone mobile mobilenumber cell telephone businessphone \
         businessphone2 homephone directphone directline defaultphone workphone primaryphone \
         phone1value phone2value phone3value personphone personphonework homemobile telefon \
         telefongeschäftlich mobiltelefon telefonprivat téléphone téléphonebureau télmobile \
         téléphoneprofessionnel teléfono teléfonodeltrabajo teléfonomóvil telefono ufficio \
         cellulare telefoonopwerk telefoon mobieletelefoon",
    ),
    (
        Field::Company,
        "company companyname organisation organization organizationname organization1name \
         account accountname associatedcompany employer organisationname firma unternehmen \
         société societe entreprise organización empresa compañía società azienda ditta \
         bedrijf",
    ),
    (Field::Client, "client customer clientname customername kunde klant cliente"),
    (Field::Site, "site sitename location1 office officelocation branch standort büro"),
    (
        Field::Profession,
        "title jobtitle position role profession occupation organizationtitle \
         organization1title field contacttype contacttypename personjobtitle beruf funktion \
         tätigkeit stellung fonction poste puesto cargo profesión posizione professione \
         functie beroep",
    ),
    (
        Field::Place,
        "place city town location mailingcity homecity businesscity workcity address1city \
         region country ort ortgeschäftlich stadt ville ciudad città plaats woonplaats",
    ),
    (
        Field::Tags,
        "tags tag labels categories category groups group groupmembership lists segment \
         segments kategorien catégories categorías categorie categorieën",
    ),
    (
        Field::Profile,
        "linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinbio profileurl url \
         profile webpage website website1value website2value websiteprofile webpage1 \
         personlinkedinurl webseite pageweb páginaweb paginaweb webpagina",
    ),
    (Field::Handle, "handle username screenname twitter twitterhandle twitterusername xhandle"),
    (
        Field::Id,
        "id recordid contactid personid userid memberid externalid leid euid customerid \
         nodeid",
    ),
    (Field::Connected, "connectedon connected knownsince"),
    (
        Field::ReferredBy,
        "referredby referrer referrername introducedby recommendedby empfohlenvon \
         vermitteltvon recommandépar referidopor recomendadopor segnalatoda consigliatoda \
         doorverwezendoor",
    ),
    (Field::ReferralSource, "referralsource leadsourcedetail partnername referral"),
    (
        Field::Manager,
        "manager managersname managername manageremail managerid reportsto reportstoid \
         reportingto reportingtoid supervisor boss managercontact vorgesetzter \
         namedesvorgesetzten nomduresponsable responsable nombredeljefe nomemanager \
         naammanager naamvanmanager leidinggevende",
    ),
    (
        Field::Assistant,
        "assistant assistantsname assistantname assistantcontact namederassistent \
         namederassistentin nomdelassistante nombredelayudante nomeassistente naamassistent",
    ),
    (
        Field::KnownBy,
        "owner contactowner accountmanager relationshipowner personowner leadowner \
         accountowner knownby hubspotowner kontaktinhaber kundenbetreuer",
    ),
    (Field::Adopted, "adopted adopter hasadopted migrated"),
    (
        Field::AdoptedOn,
        "adoptiondate adoptedon dateadopted adoptedat golive golivedate toa timeofadoption \
         adoptiontime adoptionperiod migratedon migrationdate rolloutdate onboardedon \
         activationdate activatedon wentlive",
    ),
    (Field::Cost, "cost costofseeding seedcost kosten"),
    (Field::Threshold, "threshold adoptionthreshold"),
    (Field::Relation, "relation1value relation2value relation3value spouse partner"),
];

/// Headers that only a personal address book has (reduced).
const ADDRESS_BOOK: &str = "givenname email1value phoneticfirstname groupmembership emaildisplayname emailtype \
     businessphone businessstreet primaryemail assistantsphone weiterevornamen \
     deuxièmeprénom segundonombre secondonome middelstenaam telefongeschäftlich \
     emailangezeigtername connectedon";

/// True for columns that only say what the value beside them is ("E-mail 1 - Type").
pub(in crate::import) fn is_type_of_value(key: &str) -> bool {
    let kind = ["type", "label"].iter().find_map(|end| key.strip_suffix(end));
    kind.is_some_and(|start| start.ends_with(|c: char| c.is_ascii_digit()))
}

/// What a reduced header means; `None` for a column of the person's own.
pub(in crate::import) fn field_of(key: &str) -> Option<Field> {
    ALIASES.iter().find(|(_, aliases)| is_one_of(aliases, key)).map(|(field, _)| *field)
}

/// True for one of several words parted by blanks.
fn is_one_of(words: &str, key: &str) -> bool {
    words.split(' ').any(|word| word == key)
}

/// How much a header line looks like that of a contact list; 0 when no column names a person.
pub(in crate::import) fn header_score(keys: &[String]) -> usize {
    let fields: Vec<Field> = keys.iter().filter_map(|key| field_of(key)).collect();
    let names_somebody = fields
        .iter()
        .any(|it| matches!(it, Field::First | Field::Last | Field::Name | Field::Email));
    if !names_somebody || (keys.len() > 1 && fields.len() < 2) {
        return 0;
    }
    fields.len()
}

/// True when the list is somebody's own address book (its owner knows everyone in it).
pub(in crate::import) fn is_address_book(keys: &[String]) -> bool {
    keys.iter().any(|key| is_one_of(ADDRESS_BOOK, key))
}

/// Whether and when somebody adopted, gathered over the columns that tell.
#[derive(Debug, Default)]
pub(in crate::import) struct Adoption {
    denied: bool,
    stated: bool,
    when: Option<String>,
}

impl Adoption {
    /// A cell of a column that says whether (or when) somebody adopted.
    pub fn note(&mut self, cell: &str) {
        match cell.to_lowercase().as_str() {
            "" => {}
            "0" | "no" | "n" | "false" | "nein" | "non" | "nee" | "never" | "-" => {
                self.denied = true;
            }
            "1" | "yes" | "y" | "true" | "x" | "ja" | "oui" | "sí" | "si" => self.stated = true,
            _ => self.note_when(cell),
        }
    }

    /// A cell of a column that says when.
    pub fn note_when(&mut self, cell: &str) {
        if !cell.is_empty() {
            self.when.get_or_insert_with(|| shown(cell));
        }
    }

    /// Writes the fact: an ISO date, a period number, or `yes` when the time is not known.
    /// Answers the text that could not be read as a time.
    pub fn tell(self, facts: &mut Facts, order: Option<DateOrder>) -> Option<String> {
        if self.denied {
            return None;
        }
        let mut unread = None;
        let told = match self.when {
            Some(when) if when.parse::<f64>().is_ok_and(f64::is_finite) => Some(when),
            Some(when) => {
                let date = dates::parse(&when, order.unwrap_or(DateOrder::MonthFirst));
                if date.is_none() {
                    unread = Some(when);
                }
                date.map(|it| it.to_string())
            }
            None => self.stated.then(|| "yes".to_owned()),
        };
        if let Some(told) = told {
            facts.insert(fact::ADOPTED, told);
        }
        unread
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::clean::header_key;
    use super::*;

    #[test]
    fn headers_of_every_product_are_known() {
        for (header, field) in [
            ("E-mail 1 - Value", Field::Email),
            ("Organization Title", Field::Profession),
            ("Associated Company", Field::Company),
            ("Contact owner", Field::KnownBy),
            ("Reporting To", Field::Manager),
            ("Manager's Name", Field::Manager),
            ("REFERRED_BY", Field::ReferredBy),
            ("Vorname", Field::First),
            ("E-Mail-Adresse", Field::Email),
            ("Société", Field::Company),
            ("Apellidos", Field::Last),
            ("Cognome", Field::Last),
            ("Achternaam", Field::Last),
            ("Person - Name", Field::Name),
            ("Go-Live", Field::AdoptedOn),
        ] {
            assert_eq!(field_of(&header_key(header)), Some(field), "{header}");
        }
        assert_eq!(field_of("lifecyclestage"), None);
    }

    #[test]
    fn adoption_is_told_by_date_period_or_flag() {
        let told = |flag: &str, when: &str| {
            let mut adoption = Adoption::default();
            adoption.note(flag);
            adoption.note_when(when);
            let mut facts = Facts::default();
            adoption.tell(&mut facts, None);
            facts.get(fact::ADOPTED).map(str::to_owned)
        };
        assert_eq!(told("", "15 Jan 2024").as_deref(), Some("2024-01-15"));
        assert_eq!(told("1", "7").as_deref(), Some("7"));
        assert_eq!(told("0", "1965"), None);
        assert_eq!(told("yes", "").as_deref(), Some("yes"));
        assert_eq!(told("", "soon"), None);
    }

    #[test]
    fn every_alias_is_written_reduced_and_means_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for alias in ALIASES.iter().flat_map(|(_, aliases)| aliases.split(' ')) {
            assert_eq!(header_key(alias), alias);
            assert!(seen.insert(alias), "{alias} means two things");
        }
    }
}

//! What a column of a contact list means, by its header, in the words of every product.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Meaning;
use super::likeness::is_one_letter_off;

/// Meanings and the reduced headers that have them, parted by blanks. In each product's own words
/// first, then in the other languages, as Outlook writes them.
const ALIASES: &[(Meaning, &str)] = &[
    (
        Meaning::First,
        "firstname first givenname forename contactfirstname vorname prénom prenom nombre \
         nome voornaam",
    ),
    (
        Meaning::Middle,
        "middlename additionalname weiterevornamen deuxièmeprénom segundonombre secondonome \
         middelstenaam",
    ),
    (
        Meaning::Last,
        "lastname last surname familyname contactlastname nachname familienname nom \
         nomdefamille apellido apellidos cognome achternaam",
    ),
    (
        Meaning::Name,
        "name fullname displayname contactname personname contact person fileas label \
         anzeigename nomcomplet nombrecompleto nomecompleto volledigenaam weergavenaam",
    ),
    (
        Meaning::Email,
        "email emailaddress mail email1value email2value email3value email4value \
         primaryemail secondaryemail email2address email3address emailwork emailhome \
         emailother workemail personemail personemailwork useremail emailadresse \
         email2adresse adressedemessagerie adresseemail courriel \
         direccióndecorreoelectrónico correoelectrónico correo indirizzopostaelettronica \
         indirizzoemail emailadres mailadresse",
    ),
    (
        Meaning::Phone,
        "phone phonenumber mobilephone mobile mobilenumber cell telephone businessphone \
         businessphone2 homephone directphone directline defaultphone workphone primaryphone \
         phone1value phone2value phone3value personphone personphonework homemobile telefon \
         telefongeschäftlich mobiltelefon telefonprivat téléphone téléphonebureau télmobile \
         téléphoneprofessionnel teléfono teléfonodeltrabajo teléfonomóvil telefono ufficio \
         cellulare telefoonopwerk telefoon mobieletelefoon",
    ),
    (
        Meaning::Company,
        "company companyname organisation organization organizationname organization1name \
         account accountname associatedcompany employer organisationname firma unternehmen \
         société societe entreprise organización empresa compañía società azienda ditta \
         bedrijf",
    ),
    (Meaning::Client, "client customer clientname customername kunde klant cliente"),
    (Meaning::Site, "site sitename location1 office officelocation branch standort büro"),
    (
        Meaning::Profession,
        "title jobtitle position role profession occupation organizationtitle \
         organization1title field contacttype contacttypename personjobtitle beruf funktion \
         tätigkeit stellung fonction poste puesto cargo profesión posizione professione \
         functie beroep",
    ),
    (
        Meaning::Place,
        "place city town location mailingcity homecity businesscity workcity address1city \
         region country ort ortgeschäftlich stadt ville ciudad città plaats woonplaats",
    ),
    (
        Meaning::Tags,
        "tags tag labels categories category groups group groupmembership lists segment \
         segments kategorien catégories categorías categorie categorieën",
    ),
    (
        Meaning::Profile,
        "linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinbio profileurl url \
         profile webpage website website1value website2value websiteprofile webpage1 \
         personlinkedinurl webseite pageweb páginaweb paginaweb webpagina",
    ),
    (Meaning::Handle, "handle username screenname twitter twitterhandle twitterusername xhandle"),
    (
        Meaning::Id,
        "id recordid contactid personid userid memberid externalid leid euid customerid \
         nodeid node vertex",
    ),
    (Meaning::Connected, "connectedon connected knownsince"),
    (
        Meaning::ReferredBy,
        "referredby referrer referrername introducedby recommendedby empfohlenvon \
         vermitteltvon recommandépar referidopor recomendadopor segnalatoda consigliatoda \
         doorverwezendoor",
    ),
    (Meaning::ReferralSource, "referralsource leadsourcedetail partnername referral"),
    (
        Meaning::Manager,
        "manager managersname managername manageremail managerid reportsto reportstoid \
         reportingto reportingtoid supervisor boss managercontact vorgesetzter \
         namedesvorgesetzten nomduresponsable responsable nombredeljefe nomemanager \
         naammanager naamvanmanager leidinggevende",
    ),
    (
        Meaning::Assistant,
        "assistant assistantsname assistantname assistantcontact namederassistent \
         namederassistentin nomdelassistante nombredelayudante nomeassistente naamassistent",
    ),
    (
        Meaning::KnownBy,
        "owner contactowner accountmanager relationshipowner personowner leadowner \
         accountowner knownby hubspotowner kontaktinhaber kundenbetreuer",
    ),
    (Meaning::Adopted, "adopted adopter hasadopted migrated"),
    (
        Meaning::AdoptedOn,
        "adoptiondate adoptedon dateadopted adoptedat golive golivedate toa timeofadoption \
         adoptiontime adoptionperiod migratedon migrationdate rolloutdate onboardedon \
         activationdate activatedon wentlive",
    ),
    (Meaning::Cost, "cost costofseeding seedcost kosten"),
    (Meaning::Threshold, "threshold adoptionthreshold"),
    (Meaning::Spouse, "spouse partner"),
    (Meaning::Relation, "relation1value relation2value relation3value"),
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

/// Every reduced header that is known.
static KNOWN: LazyLock<HashMap<&str, Meaning>> = LazyLock::new(|| {
    ALIASES
        .iter()
        .flat_map(|(meaning, aliases)| aliases.split_ascii_whitespace().map(|it| (it, *meaning)))
        .collect()
});

/// What a reduced header means; `None` for a column of the person's own.
pub(in crate::import) fn meaning_of(key: &str) -> Option<Meaning> {
    KNOWN.get(key).copied()
}

/// The meaning of the only known headers that differ from `key` by one letter.
pub(super) fn nearest(key: &str) -> Option<Meaning> {
    let mut found = KNOWN.iter().filter(|(known, _)| is_one_letter_off(known, key));
    let (_, meaning) = found.next()?;
    found.all(|(_, other)| other == meaning).then_some(*meaning)
}

/// What a column of a list of people means, in view of the other headers.
pub(super) fn of_people(keys: &[String], at: usize) -> Option<Meaning> {
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    match keys[at].as_str() {
        // Beside a job title, a title is that of a doctor.
        "title" if has(&["jobtitle", "organizationtitle"]) => Some(Meaning::Keep),
        key if is_type_of_value(key) => Some(Meaning::LeaveOut),
        key => meaning_of(key),
    }
}

/// True for one of several words parted by blanks.
fn is_one_of(words: &str, key: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word == key)
}

/// How much a header line looks like that of a contact list; 0 when no column names a person.
pub(in crate::import) fn header_score(keys: &[String]) -> usize {
    let fields: Vec<Meaning> = keys.iter().filter_map(|key| meaning_of(key)).collect();
    let names_somebody = fields
        .iter()
        .any(|it| matches!(it, Meaning::First | Meaning::Last | Meaning::Name | Meaning::Email));
    if !names_somebody || (keys.len() > 1 && fields.len() < 2) {
        return 0;
    }
    fields.len()
}

/// True when the list is somebody's own address book (its owner knows everyone in it).
pub(in crate::import) fn is_address_book(keys: &[String]) -> bool {
    keys.iter().any(|key| is_one_of(ADDRESS_BOOK, key))
}

#[cfg(test)]
mod tests {
    use super::super::super::clean::header_key;
    use super::*;

    #[test]
    fn headers_of_every_product_are_known() {
        for (header, field) in [
            ("E-mail 1 - Value", Meaning::Email),
            ("Organization Title", Meaning::Profession),
            ("Associated Company", Meaning::Company),
            ("Contact owner", Meaning::KnownBy),
            ("Reporting To", Meaning::Manager),
            ("Manager's Name", Meaning::Manager),
            ("REFERRED_BY", Meaning::ReferredBy),
            ("Vorname", Meaning::First),
            ("E-Mail-Adresse", Meaning::Email),
            ("Société", Meaning::Company),
            ("Apellidos", Meaning::Last),
            ("Cognome", Meaning::Last),
            ("Achternaam", Meaning::Last),
            ("Person - Name", Meaning::Name),
            ("Go-Live", Meaning::AdoptedOn),
        ] {
            assert_eq!(meaning_of(&header_key(header)), Some(field), "{header}");
        }
        assert_eq!(meaning_of("lifecyclestage"), None);
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

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
        "firstname first givenname forename fname contactfirstname attendeefirstname vorname \
         prénom prenom nombre nombredepila nome primeironome voornaam fornavn förnamn etunimi \
         imię jméno krstnémeno keresztnév utónév имя 名 名字 이름",
    ),
    (
        Meaning::Middle,
        "middlename middle middleinitial additionalname weiterevornamen deuxièmeprénom \
         segundonombre secondonome nomedomeio segundonome middelstenaam mellemnavn mellomnavn \
         mellannamn toinennimi drugieimię prostředníjméno ďalšiemeno отчество ミドルネーム 中间名 中間名",
    ),
    (
        Meaning::Last,
        "lastname last surname familyname lname contactlastname attendeelastname nachname \
         familienname nom nomdefamille apellido apellidos cognome últimonome sobrenome \
         apelido achternaam efternavn etternavn efternamn sukunimi nazwisko příjmení \
         priezvisko vezetéknév фамилия 姓 姓氏 성 soyad soyadı",
    ),
    (
        Meaning::Name,
        "name fullname displayname contactname personname contact person fileas label \
         attendeename attendee membername participant participantname guestname employeename \
         customercontact anzeigename vollständigername nomcomplet nomafficher nombrecompleto \
         nombreenpantalla nomecompleto nomevisualizzato mostrarnome volledigenaam \
         weergavenaam visningsnavn navn visningsnamn namn näyttönimi näytettävänimi nimi \
         imięinazwisko celéjméno zobrazovanéjméno zobrazovanémeno фио полноеимя \
         отображаемоеимя 氏名 名前 全名 姓名 显示名称 顯示名稱",
    ),
    (
        Meaning::Email,
        "email emailaddress mail emailvalue primaryemail secondaryemail primaryemailaddress \
         secondaryemailaddress otheremail alternateemail additionalemail \
         additionalemailaddress emailwork emailhome emailother workemail homeemail \
         personemail personemailwork personemailhome personemailother useremail contactemail \
         attendeeemail memberemail emailid emailadresse primäreemailadresse \
         sekundäreemailadresse adressedemessagerie adresseemail adresseélectronique \
         adresseélectroniqueprincipale adresseélectroniquesecondaire courriel \
         direccióndecorreoelectrónico direccióndelcorreoelectrónico \
         direccióndecorreoelectrónicoprincipal direccióndecorreoelectrónicosecundaria \
         correoelectrónico correo indirizzopostaelettronica indirizzoemail emailprincipale \
         emailsecondaria endereçodeemail endereçodecorreioeletrónico \
         endereçodecorreioeletrônico emailprimário emailsecundário emailadres mailadresse \
         mailadres epostadresse epostadress epost mailadress sähköpostiosoite sähköposti \
         ensisijainensähköposti toissijainensähköposti adresemail emailováadresa \
         ďalšiaemailováadresa emailcím адресэлпочты адресэлектроннойпочты \
         альтернативныйадресэлектроннойпочты электроннаяпочта почта 電子メールアドレス メールアドレス 电子邮件地址 \
         电子邮件 電子郵件地址 電子郵件 主要email 次要email 전자메일주소 이메일 eposta epostaadresi",
    ),
    (
        Meaning::Phone,
        "phone phonenumber mobilephone mobile mobilenumber mobilephonenumber cell cellphone \
         telephone telephonenumber businessphone homephone otherphone carphone primaryphone \
         directphone directline directphonenumber defaultphone workphone phonevalue \
         alternatephone contactphone personphone personphonework personphonehome \
         personphonemobile personphoneother homemobile workmobile telefon telefongeschäftlich \
         mobiltelefon mobiltelnr handy telefonprivat téléphone téléphonebureau \
         téléphonedomicile télmobile téléphonemobile téléphoneprofessionnel portable teléfono \
         teléfonodeltrabajo teléfonoparticular teléfonomóvil móvil telefono telefonoufficio \
         ufficio abitazione telefonoabitazione telefonomobile numerocellulare cellulare \
         telefonecomercial telefoneresidencial telefone telemóvel celular telefoonopwerk \
         telefoonthuis telefoon mobieletelefoon telefonarbejde telefonhjem telefonjobb \
         telefonarbeid arbetstelefon hemtelefon puhelin työpuhelin kotipuhelin matkapuhelin \
         matkapuhelinnumero telefonsłużbowy telefondomowy telefonkomórkowy \
         telefondozaměstnání telefondomů mobilnítelefon mobilnýtelefon mobil рабочийтелефон \
         домашнийтелефон телефонпереносной номерсотовоготелефона мобильныйтелефон телефон \
         会社電話 自宅電話番号 自宅電話 携帯電話 移动电话 商务电话 住宅电话 行動電話 手機號碼 商務電話 휴대폰 telefonnummer",
    ),
    (
        Meaning::Company,
        "company companyname organisation organization organizationname organisationname \
         account accountname associatedcompany primaryassociatedcompany personorganization \
         employer workcompany accountcompanyname parentcustomer firma unternehmen société \
         societe entreprise organización organizacion empresa compañía società azienda ditta \
         organisatie bedrijf bedrijfsnaam virksomhed selskap företag organisationen yritys \
         organisaatio organizacja instytucja společnost spoločnosť cég организация компания 会社名 会社 勤務先 公司 \
         单位 單位 회사 şirket",
    ),
    (
        Meaning::Client,
        "client customer clientname customername kunde kundenname klant cliente klient \
         asiakas клиент",
    ),
    (
        Meaning::Site,
        "site sitename location1 office officelocation branch branchoffice standort büro \
         niederlassung bureau",
    ),
    (
        Meaning::Industry,
        "industry industrytype industrysector accountindustry sector vertical branche \
         branchen secteur secteurdactivité sectoractividad industria settore sektor toimiala \
         branża odvětví отрасль 業種 行业",
    ),
    (
        Meaning::Profession,
        "title jobtitle position role profession occupation organizationtitle worktitle \
         jobposition personjobtitle field contacttitle beruf funktion tätigkeit stellung \
         fonction poste puesto cargo profesión posizione professione qualifica titolodilavoro \
         functie beroep stilling jobbtittel befattning yrke ammattinimi ammatti \
         tehtävänimike stanowisko zawód pozice funkce funkcia beosztás должность 役職 职务 职位 職稱 \
         직함",
    ),
    (
        Meaning::Place,
        "place city town village location mailingcity homecity businesscity workcity othercity \
         addresscity billingcity shippingcity primarycity cityname region country ort \
         ortgeschäftlich ortprivat stadt wohnort ville villebureau villeprofessionnelle \
         ciudad ciudaddeltrabajo città cittàufficio cidade cidadecomercial localidade plaats \
         plaatsopwerk woonplaats stad ortarbete kaupunki miasto miejscowość \
         město mesto город 市区町村 城市 市縣",
    ),
    (
        Meaning::School,
        "school university college almamater schoolname universityname schule universität \
         hochschule école université escuela universidad scuola università skola koulu \
         yliopisto szkoła uczelnia škola univerzita",
    ),
    (
        Meaning::Tags,
        "tags tag labels personlabel personlabels categories category groups group \
         groupmembership contactgroup contactgroups contactgroupname lists listmemberships \
         segment segments contacttype contacttypename kategorien kategorie catégories \
         categorías categorie categorieën categorias kategorier luokat kategórie категории \
         分類項目 分类 類別 범주",
    ),
    (Meaning::Event, "event eventname eventtitle eventattended"),
    (
        Meaning::Order,
        "order ordernumber orderno orderid ordernr bookingreference bookingid bookingnumber",
    ),
    (
        Meaning::Attendance,
        "attendeestatus rsvp rsvpstatus attendancestatus registrationstatus ticketstatus \
         orderstatus approvalstatus gueststatus",
    ),
    (Meaning::Deleted, "isdeleted deleted"),
    (
        Meaning::Profile,
        "linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinbio linkedinaddress \
         profileurl url profile webpage website websitevalue websiteprofile personlinkedinurl \
         personlinkedin webseite pageweb páginaweb paginaweb webpagina webside webbsida",
    ),
    (Meaning::Handle, "handle username screenname twitter twitterhandle twitterusername xhandle"),
    (
        Meaning::Id,
        "id recordid contactid personid userid memberid externalid leid euid customerid \
         nodeid node vertex donotmodifycontact employeeid employeenumber",
    ),
    (Meaning::Connected, "connectedon connected knownsince"),
    (
        Meaning::ReferredBy,
        "referredby referredbyname referredbycontact referrer referrername introducedby \
         recommendedby referringcontact referralcontact empfohlenvon vermitteltvon \
         recommandépar parrainépar referidopor recomendadopor indicadopor segnalatoda \
         consigliatoda presentatoda doorverwezendoor aanbevolendoor henvistaf rekommenderadav \
         polecony poleconyprzez doporučil",
    ),
    (
        Meaning::ReferralSource,
        "referralsource leadsourcedetail leadsourcedetails partnername referral sourcedetail",
    ),
    (
        Meaning::Manager,
        "manager managersname managername manageremail managerid manageremployeeid reportsto \
         reportstoid reportstoname reportingto reportingtoid reportingmanager linemanager \
         supervisor supervisorname boss managercontact vorgesetzter namedesvorgesetzten \
         namedesdervorgesetzten \
         nomduresponsable responsable nombredeljefe nombredeldirector nomedelresponsabile \
         nomemanager nomedogerente naammanager naamvanmanager leidinggevende chefensnavn \
         lederensnavn chefensnamn esimiehennimi menadżer menedżer jménonadřízeného \
         menomanažéra имяруководителя руководитель 上司の名前 上司 经理姓名 主管名稱 관리자이름",
    ),
    (
        Meaning::Assistant,
        "assistant assistantsname assistantname assistantcontact namederassistent \
         namederassistentin nameassistent nomdelassistant nomdelassistante \
         nombredelayudante nombredelasistente nomeassistente nomedellassistente \
         nomedoassistente naamassistent assistentensnavn assistentensnamn assistentinnimi \
         asystent jménoasistenta menoasistenta имяпомощника помощник 秘書の名前 秘書 助理姓名 助理",
    ),
    (
        Meaning::KnownBy,
        "owner contactowner accountmanager relationshipowner relationshipmanager personowner \
         leadowner accountowner knownby hubspotowner salesrep salesperson salesowner \
         assignedto kontaktinhaber kundenbetreuer betreuer",
    ),
    (
        Meaning::Spouse,
        "spouse partner spousename ehepartner conjoint conjointe cónyuge coniuge cônjuge \
         partnerin echtgenoot ægtefælle ektefelle makemaka puoliso współmałżonek manželka \
         manželkamanžel супруга 配偶者 配偶",
    ),
    (Meaning::Relation, "relationvalue relatedperson relatedname relatedto"),
    (Meaning::Adopted, "adopted adopter hasadopted migrated"),
    (
        Meaning::AdoptedOn,
        "adoptiondate adoptedon dateadopted adoptedat golive golivedate toa timeofadoption \
         adoptiontime adoptionperiod migratedon migrationdate rolloutdate onboardedon \
         activationdate activatedon wentlive yearofadoption adoptionyear adoptyear adoptedyear \
         yearadopted monthofadoption adoptionmonth adoptmonth adoptedmonth monthadopted \
         periodofadoption weekofadoption adoptionweek adopttime timeadopted adoptime adoptdate \
         adoptedin weekadopted adoptedweek periodadopted adoptedperiod quarteradopted \
         adoptionquarter dateofadoption whenadopted adoptionday dayadopted",
    ),
    (Meaning::Cost, "cost costofseeding seedcost kosten"),
    (Meaning::Threshold, "threshold adoptionthreshold"),
    (
        Meaning::Keep,
        "buyeremail buyername buyerfirstname buyerlastname purchaseremail purchasername",
    ),
];

/// Headers that only a personal address book has (reduced), whatever else it has.
const ADDRESS_BOOK: &str = "email1value phoneticfirstname groupmembership emaildisplayname emailtype givenyomi \
     givennameyomi emailangezeigtername emailtyp typedemessagerie";

/// Headers that an address book has, and a company's list hardly ever (reduced).
const LIKELY_ADDRESS_BOOK: &str = "givenname businessphone businessstreet primaryemail assistantsphone \
     weiterevornamen deuxièmeprénom segundonombre secondonome middelstenaam telefongeschäftlich connectedon";

/// True for columns that only say what the value beside them is ("E-mail 1 - Type").
pub(in crate::import) fn is_type_of_value(key: &str) -> bool {
    let kind = ["type", "label"].iter().find_map(|end| key.strip_suffix(end));
    kind.is_some_and(|start| start.ends_with(|c: char| c.is_ascii_digit()))
}

/// As many addresses and numbers of one person only an address book has columns for.
const MANY_NUMBERS: usize = 4;

/// Every reduced header that is known.
static KNOWN: LazyLock<HashMap<&str, Meaning>> = LazyLock::new(|| {
    ALIASES
        .iter()
        .flat_map(|(meaning, aliases)| aliases.split_ascii_whitespace().map(|it| (it, *meaning)))
        .collect()
});

/// What a reduced header means, also with numbers in it ("E-mail 7 - Value"); `None` for a column
/// of the person's own.
pub(in crate::import) fn meaning_of(key: &str) -> Option<Meaning> {
    KNOWN.get(key).copied().or_else(|| {
        let unnumbered: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
        KNOWN.get(unnumbered.as_str()).copied()
    })
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
        // Beside a job title, a title is that of a doctor; in a Meetup list, that of the group.
        "title" if has(&["jobtitle", "organizationtitle", "rsvp", "meetupsattended"]) => {
            Some(Meaning::Keep)
        }
        // Only where tickets are sold is it a number that people share.
        "order" if !has(&["orderdate", "attendeestatus", "tickettype", "event", "eventname"]) => {
            Some(Meaning::Keep)
        }
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

/// True when the list is somebody's own address book (its owner knows everyone in it): it has what
/// only those have, or a middle name beside many addresses and numbers. A company's list says whose
/// client or contact a person is, and gives them an id.
pub(in crate::import) fn is_address_book(keys: &[String]) -> bool {
    let meanings: Vec<Meaning> = keys.iter().filter_map(|key| meaning_of(key)).collect();
    let count = |wanted: Meaning| meanings.iter().filter(|it| **it == wanted).count();
    let of_company = [Meaning::Id, Meaning::KnownBy, Meaning::Client, Meaning::Site];
    let numbers = count(Meaning::Email) + count(Meaning::Phone);
    if keys.iter().any(|key| is_one_of(ADDRESS_BOOK, key)) {
        return true;
    }
    if of_company.into_iter().any(|it| count(it) > 0) {
        return false;
    }
    keys.iter().any(|key| is_one_of(LIKELY_ADDRESS_BOOK, key))
        || (count(Meaning::Middle) > 0 && numbers >= MANY_NUMBERS)
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
            ("E-mail 7 - Value", Meaning::Email),
            ("Relation 3 - Value", Meaning::Relation),
            ("[required] Organization Name", Meaning::Company),
            ("Person - Email - Work", Meaning::Email),
            ("Jméno", Meaning::First),
            ("Sukunimi", Meaning::Last),
            ("Фамилия", Meaning::Last),
            ("会社名", Meaning::Company),
            ("Order #", Meaning::Order),
            ("Attendee Status", Meaning::Attendance),
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

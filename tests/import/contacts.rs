//! Contact lists of every product: who is in them, and whom they name.

use jaywalk::import::{PersonKey, Source};
use jaywalk::network::fact;

use crate::support::{check, read_all, read_one, told, zipped};

fn fact_of<'s>(source: &'s Source, name: &str, column: &str) -> Option<&'s str> {
    source.records.people.iter().find(|it| it.name == name.into()).unwrap().facts.get(column)
}

#[test]
fn google_of_both_ages_names_relations_and_labels() {
    let old = "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Relation 1 - Type,Relation 1 - Value\n\
        Ana Ruiz,Ana,Ruiz,* myContacts ::: Rowers,* Work,ana@x.example ::: a@y.example,Manager,Ben Ode\n\
        Ben Ode,Ben,Ode,* myContacts,,,,\n";
    let new = "First Name,Last Name,Nickname,File As,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Relation 1 - Label,Relation 1 - Value\n\
        Ana,Ruiz,,,Alder,* myContacts ::: Rowers,* Work,ana@x.example ::: a@y.example,Manager,Ben Ode\n\
        Ben,Ode,,,,* myContacts,,,,\n";
    for text in [old, new] {
        let source = read_one("contacts.csv", text);
        assert_eq!(
            told(&source),
            "address book 2/2\n* -- Ana Ruiz Contact\n* -- Ben Ode Contact\nBen Ode -> Ana Ruiz Reporting"
        );
        assert_eq!(fact_of(&source, "Ana Ruiz", fact::TAGS), Some("Rowers"));
        assert_eq!(fact_of(&source, "Ben Ode", fact::TAGS), None);
        assert_eq!(source.records.people[1].keys.len(), 2);
    }
}

#[test]
fn outlook_is_an_address_book_in_every_language() {
    for (header, row) in [
        (
            "Title,First Name,Middle Name,Last Name,Suffix,Company,Job Title,Business Phone,E-mail Address,Manager's Name,Spouse",
            "Dr.,Ana,,Ruiz,,Alder,Clerk,,ana@x.example,,",
        ),
        (
            "Anrede;Vorname;Weitere Vornamen;Nachname;Suffix;Firma;Position;Telefon geschäftlich;E-Mail-Adresse",
            "Dr.;Ana;;Ruiz;;Alder;Clerk;;ana@x.example",
        ),
        (
            "Titre;Prénom;Deuxième prénom;Nom;Suffixe;Société;Profession;Téléphone (bureau);Téléphone (domicile);Tél. mobile;Adresse de messagerie",
            "Dr.;Ana;;Ruiz;;Alder;Clerk;;;;ana@x.example",
        ),
        (
            "Título,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Puesto,Teléfono del trabajo,Dirección de correo electrónico",
            ",Ana,,Ruiz,,Alder,Clerk,,ana@x.example",
        ),
        (
            "Titolo,Nome,Secondo nome,Cognome,Società,Posizione,Telefono,Indirizzo posta elettronica",
            ",Ana,,Ruiz,Alder,Clerk,,ana@x.example",
        ),
        (
            "Titel;Voornaam;Middelste naam;Achternaam;Bedrijf;Functie;Telefoon op werk;E-mailadres",
            ";Ana;;Ruiz;Alder;Clerk;;ana@x.example",
        ),
        (
            "Imię,Drugie imię,Nazwisko,Organizacja,Stanowisko,Telefon służbowy,Telefon domowy,Telefon komórkowy,Adres e-mail",
            "Ana,,Ruiz,Alder,Clerk,,,,ana@x.example",
        ),
        (
            "Titel;Fornavn;Mellemnavn;Efternavn;Firma;Stilling;Telefon (arbejde);Telefon (hjem);Mobiltelefon;E-mailadresse",
            ";Ana;;Ruiz;Alder;Clerk;;;;ana@x.example",
        ),
        (
            "Имя;Отчество;Фамилия;Организация;Должность;Рабочий телефон;Домашний телефон;Телефон переносной;Адрес эл. почты",
            "Ana;;Ruiz;Alder;Clerk;;;;ana@x.example",
        ),
    ] {
        let source = read_one("c.csv", format!("{header}\n{row}\n"));
        assert_eq!(told(&source), "address book 1/1\n* -- Ana Ruiz Contact", "{header}");
        let ana = &source.records.people[1];
        assert_eq!(ana.facts.get(fact::COMPANY), Some("Alder"), "{header}");
        assert_eq!(ana.facts.get(fact::PROFESSION), Some("Clerk"), "{header}");
        assert_eq!(ana.keys, [PersonKey::Email("ana@x.example".to_owned().into())], "{header}");
    }
    let japanese = read_one(
        "c.csv",
        "姓,名,会社名,役職,電子メール アドレス\n山田,花,Alder,Clerk,ana@x.example\n",
    );
    assert_eq!(fact_of(&japanese, "花 山田", fact::COMPANY), Some("Alder"));
}

#[test]
fn crm_exports_tell_who_reports_to_whom_and_who_knows_whom() {
    check(
        "contacts.csv",
        "\"Id\",\"IsDeleted\",\"LastName\",\"FirstName\",\"Title\",\"ReportsToId\",\"OwnerId\",\"Email\"\n\
         \"003A0000001aaaaIAA\",\"0\",\"Ruiz\",\"Ana\",\"Clerk\",\"003A0000001bbbb\",\"005A0000000cccc\",\"a@x.example\"\n\
         \"003A0000001bbbbIAB\",\"0\",\"Ode\",\"Ben\",\"Head\",\"\",\"005A0000000cccc\",\"b@x.example\"\n\
         \"003A0000001ddddIAD\",\"1\",\"Low\",\"Cy\",\"\",\"\",\"\",\"c@x.example\"\n",
        &["contact list 2/3", "Ben Ode -> Ana Ruiz Reporting", "skipped 4"],
    );
    check(
        "report.csv",
        "\"First Name\",\"Last Name\",\"Account Name\",\"Reports To\"\n\"Ana\",\"Ruiz\",\"Alder\",\"Ode, Ben\"\n\
         \"Ben\",\"Ode\",\"Alder\",\"\"\n\n\n\"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved.\"\n\
         \"Confidential Information - Do Not Distribute\"\n\"Generated By:  Ana Ruiz  1/2/2024 3:04 PM\"\n",
        &[
            "contact list 2/5",
            "Ben Ode -> Ana Ruiz Reporting",
            "skipped 6",
            "skipped 7",
            "skipped 8",
        ],
    );
    check(
        "zoho.csv",
        "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Reporting To.id,Reporting To,Tag\n\
         zcrm_1,zcrm_9,Cy Low,Ana,Ruiz,zcrm_5,Alder,zcrm_2,Ben Ode,\"vip,rower\"\nzcrm_2,zcrm_9,Cy Low,Ben,Ode,zcrm_5,Alder,,,\n",
        &[
            "contact list 2/2",
            "Cy Low -- Ana Ruiz Contact",
            "Ben Ode -> Ana Ruiz Reporting",
            "Cy Low -- Ben Ode Contact",
        ],
    );
    check(
        "pipedrive.csv",
        "Person - Name,Person - Email - Work,Person - Label,Organization - Name,Person - Owner\n\
         Ana Ruiz,ana@x.example,Hot,Alder,Ben Ode\n",
        &["contact list 1/1", "Ben Ode -- Ana Ruiz Contact"],
    );
    check(
        "hubspot.csv",
        "Record ID,First Name,Last Name,Email,Contact owner,Original Source,Associated Company,Associated Company IDs,Referred By\n\
         1,Ana,Ruiz,ana@x.example,Cy Low,ORGANIC_SEARCH,Alder,9001;9002,ben@x.example\n\
         2,Ben,Ode,ben@x.example,Cy Low,DIRECT_TRAFFIC,Alder,9001,\n",
        &[
            "contact list 2/2",
            "Cy Low -- Ana Ruiz Contact",
            "Ben Ode -> Ana Ruiz Referral",
            "Cy Low -- Ben Ode Contact",
        ],
    );
}

#[test]
fn lists_of_service_providers_tell_client_site_and_industry() {
    let halo = read_one(
        "users.csv",
        "Username,Email Address,First Name,Surname,Client,Site,Industry,Adoption Date,Cost\n\
         ana,ana@x.example,Ana,Ruiz,Alder Ltd,Leeds,Law,2024-03-05,120\n",
    );
    for (column, value) in [
        (fact::CLIENT, "Alder Ltd"),
        (fact::SITE, "Leeds"),
        (fact::INDUSTRY, "Law"),
        (fact::ADOPTED, "2024-03-05"),
        (fact::COST, "120"),
        (fact::HANDLE, "ana"),
    ] {
        assert_eq!(fact_of(&halo, "Ana Ruiz", column), Some(value));
    }
    check(
        "autotask.csv",
        "[required] Organization Name,Contact ID,[required *] First Name,[required *] Last Name,Title,Email Address,Contact Group\n\
         Alder,7,Ana,Ruiz,Clerk,ana@x.example,Billing\n",
        &["contact list 1/1"],
    );
    check(
        "connectwise.csv",
        "FirstName,LastName,Email,JobTitle,DirectPhone,MobilePhone,SiteId,CompanyName,ContactTypeName,ManagerContact\n\
         Ana,Ruiz,ana@x.example,Clerk,+44 20 7946 0958,,3,Alder,Billing,Ben Ode\n",
        &["contact list 1/1", "Ben Ode -> Ana Ruiz Reporting"],
    );
}

#[test]
fn the_three_lists_of_mailchimp_stay_apart() {
    let header =
        "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LEID,EUID,NOTES,TAGS\n";
    let row = |mail: &str| {
        format!("{header}{mail},Ana,Ruiz,4,2024-01-02,1,e1,,\"\"\"VIP\"\",\"\"Rower\"\"\"\n")
    };
    let (one, two, three) = (row("a@x.example"), row("b@x.example"), row("c@x.example"));
    let zip = zipped(&[
        ("subscribed_members_export_1.csv", &one),
        ("unsubscribed_members_export_1.csv", &two),
        ("cleaned_members_export_1.csv", &three),
    ]);
    let sources = read_all(&[("audience.zip", &zip)]).unwrap();
    let lists: Vec<_> =
        sources.iter().map(|it| fact_of(it, "Ana Ruiz", "mailing list").unwrap()).collect();
    assert_eq!(lists, ["subscribed", "unsubscribed", "cleaned"]);
    assert_eq!(fact_of(&sources[0], "Ana Ruiz", fact::TAGS), Some("VIP; Rower"));
}

#[test]
fn attendees_share_orders_and_the_event() {
    let source = read_one(
        "Harvest_Supper.csv",
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Attendee Status,Buyer Email\n\
         11,2024-05-01,Ana,Ruiz,ana@x.example,1,Seat,1,Attending,ana@x.example\n\
         11,2024-05-01,Ben,Ode,ben@x.example,1,Seat,2,Checked In,ana@x.example\n\
         12,2024-05-01,Cy,Low,cy@x.example,1,Seat,3,Attending,cy@x.example\n\
         12,2024-05-01,Di,Fog,di@x.example,1,Seat,4,Refunded,cy@x.example\n",
    );
    assert_eq!(told(&source), "contact list 3/4\nAna Ruiz -- Ben Ode SameOrder\nskipped 5");
    assert_eq!(fact_of(&source, "Cy Low", fact::EVENT), Some("Harvest Supper"));
    assert_eq!(
        source.records.people[1].keys,
        [PersonKey::Email("ben@x.example".to_owned().into())]
    );
    let meetup = read_one(
        "Night Walk.xls",
        "Name\tUser ID\tTitle\tEvent Host\tRSVP\tGuests\tRSVPed on\tJoined Group on\tURL of Member Profile\n\
         Ana Ruiz\tuser 123\tOrganizer\tYes\tYes\t0\tMay 1, 2024\tMay 1, 2020\thttps://www.meetup.com/members/123/\n\
         Ben Ode\tuser 124\t\t\tNo\t0\tMay 1, 2024\tMay 1, 2020\thttps://www.meetup.com/members/124/\n",
    );
    assert_eq!(told(&meetup), "contact list 1/2\nskipped 3");
    let ana = &meetup.records.people[0];
    assert_eq!(ana.keys, [PersonKey::Account("meetup:123".to_owned().into())]);
    assert_eq!(
        (ana.facts.get(fact::EVENT), ana.facts.get(fact::PROFESSION)),
        (Some("Night Walk"), None)
    );
}

#[test]
fn a_cost_that_cannot_be_paid_is_told_with_its_line() {
    let contacts =
        "Name,Email,Cost\nAna,ana@example.org,5\nBen,ben@example.org,-5\nCy,cy@example.org,lots\n";
    let nodes = "Id,Label,Cost\nn1,Ana,5\nn2,Ben,-5\nn3,Cy,lots\n";
    let graph = "graph [\nnode [ id 1 label \"Ana\" cost 5 ]\nnode [ id 2 label \"Ben\" cost -5 ]\nnode [ id 3 label \"Cy\" cost \"lots\" ]\n]\n";
    for (name, text, lines) in
        [("people.csv", contacts, [3, 4]), ("nodes.csv", nodes, [3, 4]), ("a.gml", graph, [3, 4])]
    {
        let source = read_one(name, text);
        assert_eq!(source.rows_kept, 3, "{name}: nobody is lost");
        let told: Vec<_> = source.issues.iter().filter(|it| it.reason.contains("cost")).collect();
        assert_eq!(told.iter().map(|it| it.line).collect::<Vec<_>>(), lines, "{name} {told:?}");
        assert!(told[0].reason.contains("\"-5\"") && told[1].reason.contains("\"lots\""), "{name}");
    }
}

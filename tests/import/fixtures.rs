//! One small sound file of every format that is read, with invented people. Fuzzing begins with
//! these files, so each has a target of its name in `tests/fuzz/Cargo.toml`.

pub const CONNECTIONS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Ana,Ruiz,https://www.linkedin.com/in/ana,,Alder & Co,Broker,15 Jan 2024\n\
    Ben,Ode,https://www.linkedin.com/in/ben,,Alder & Co,,7-Feb-22\n";

pub const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,IS MESSAGE DRAFT\n\
    c1,,Olga Own,https://linkedin.com/in/olga,Ana Ruiz,https://linkedin.com/in/ana,2024-03-01 09:00:00 UTC,,\"Hi,\nAna\",INBOX,\n\
    c1,,Ana Ruiz,https://linkedin.com/in/ana,Olga Own,https://linkedin.com/in/olga,2024-03-02 09:00:00 UTC,,Hi,INBOX,\n\
    c2,,Ben Ode,https://linkedin.com/in/ben,\"Olga Own;Ana Ruiz\",\"https://linkedin.com/in/olga;https://linkedin.com/in/ana\",2024-04-02 09:00:00 UTC,,All,INBOX,\n\
    c2,,Olga Own,https://linkedin.com/in/olga,\"Ben Ode, MBA,Ana Ruiz\",\"https://linkedin.com/in/ben,https://linkedin.com/in/ana\",2024-04-03 09:00:00 UTC,,All,INBOX,\n\
    c3,,LinkedIn Member,,Olga Own,https://linkedin.com/in/olga,2020-01-01 00:00:00 UTC,,Bye,INBOX,\n\
    c1,,Olga Own,https://linkedin.com/in/olga,Ana Ruiz,https://linkedin.com/in/ana,2024-03-05 09:00:00 UTC,,Draft,INBOX,true\n\
    BADROW\n\
    c4,,Ben Ode,https://linkedin.com/in/ben,Olga Own,https://linkedin.com/in/olga,2024-05-01 09:00:00 UTC,,Hi,INBOX,\n";

pub const ACCOUNT: &str = "window.YTD.account.part0 = [ { \"account\" : { \"username\" : \"olga\", \"accountId\" : \"7\", \"accountDisplayName\" : \"Olga Own\" } } ]";

/// Name and content.
pub const FILES: &[(&str, &str)] = &[
    ("Connections.csv", CONNECTIONS),
    ("messages.csv", MESSAGES),
    (
        "Invitations.csv",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nOlga Own,Ana Ruiz,\"1/2/24, 9:00 AM\",Hi,OUTGOING,https://www.linkedin.com/in/olga,https://www.linkedin.com/in/ana\n",
    ),
    (
        "crm.csv",
        "Name;E-Mail;Referred By;Manager;Go-Live\n\"Ana \"\"A\"\" Ruiz\";a@b.example;Ben;Cy;2024-01-02\nBen;;;;\n",
    ),
    (
        "google.csv",
        "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Labels\nAna,,Ruiz,Alder,* Work,ana@alder.example,* myContacts\n",
    ),
    (
        "ties.csv",
        "source,target,weight,type,channel\na,b,0.5,Directed,mail\nb,\"c\nd\",2,Undirected,phone\n",
    ),
    ("ties.txt", "# a comment\na b 0.5\nb c 2\n"),
    ("nodes.csv", "Id,Label,toa\n1,One,1961\n2,,x\n"),
    ("unknown.csv", "blob,zorp\nAna Ruiz,Utrecht\nBen Ode,Lund\n"),
    ("account.js", ACCOUNT),
    (
        "follower.js",
        "window.YTD.follower.part0 = [ {\"follower\":{\"accountId\":\"11\"}}, {\"follower\":{}} ]",
    ),
    (
        "tweets.js",
        "window.YTD.tweets.part0 = [{\"tweet\":{\"full_text\":\"RT @cy: look\",\"created_at\":\"Sat Feb 18 19:45:15 +0000 2023\",\"entities\":{\"user_mentions\":[{\"id_str\":\"13\",\"screen_name\":\"Cy\",\"name\":\"Cy Sol\"}]}}}]",
    ),
    (
        "following.json",
        "{\"relationships_following\":[{\"title\":\"\",\"media_list_data\":[],\"string_list_data\":[{\"href\":\"https://www.instagram.com/ana\",\"value\":\"ana\",\"timestamp\":1600000000}]}]}",
    ),
    (
        "followers_1.json",
        "[{\"title\":\"\",\"media_list_data\":[],\"string_list_data\":[{\"href\":\"https://www.instagram.com/ben\",\"value\":\"ben\",\"timestamp\":1600000000}]}]",
    ),
    (
        "your_friends.json",
        "{\"friends_v2\":[{\"name\":\"Jos\\u00c3\\u00a9 Ruiz\",\"timestamp\":1600000000}]}",
    ),
    (
        "following_accounts.csv",
        "Account address,Show boosts,Notify on new posts,Languages\nana@social.example,true,false,\n",
    ),
    (
        "subscriptions.csv",
        "Channel Id,Channel Url,Channel Title\nUCaaaaaaaaaaaaaaaaaaaaaa,http://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa,Ana Films\n",
    ),
    (
        "contacts.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Ana;;;\r\nFN:Ana Ruiz\r\nEMAIL;TYPE=WORK:ana@alder.example\r\nTEL:+31 20 555 0100\r\nORG:Alder\r\nEND:VCARD\r\n",
    ),
    (
        "meeting.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240102T090000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Plan\r\nORGANIZER;CN=Ana Ruiz:mailto:ana@alder.example\r\nATTENDEE;CN=Ben Ode:mailto:ben@alder.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
    (
        "mail.mbox",
        "From ana@alder.example Tue Jan 02 09:00:00 2024\nFrom: Ana Ruiz <ana@alder.example>\nTo: Ben Ode <ben@alder.example>, Cy Sol <cy@alder.example>\nDate: Tue, 2 Jan 2024 09:00:00 +0000\nMessage-ID: <1@alder.example>\nSubject: Hi\n\nHello\n\n",
    ),
    (
        "mail.eml",
        "From: Ana Ruiz <ana@alder.example>\r\nTo: =?utf-8?Q?J=C3=B6rg?= <j@alder.example>\r\nDate: Tue, 2 Jan 2024 09:00:00 +0000\r\nSubject: Hi\r\n\r\nHello\r\n",
    ),
    (
        "WhatsApp Chat.txt",
        "[02/01/2024, 09:00:00] Ana Ruiz: Hi\n[02/01/2024, 09:01:00] Ben Ode: Hello\nand more\n[13/01/2024, 09:02:00] Ana Ruiz: Bye\n",
    ),
    (
        "messages.html",
        "<!DOCTYPE html><html><body><div class=\"page_body chat_page\">\n<div class=\"message default clearfix\" id=\"message2\"><div class=\"from_name\">Ana</div><div class=\"text\">hello</div></div>\n<div class=\"message default clearfix\" id=\"message4\"><div class=\"from_name\">Ben</div><div class=\"reply_to details\">In reply to <a href=\"#go_to_message2\">this</a></div></div></div></body></html>",
    ),
    (
        "channel.html",
        "<!DOCTYPE html><html><body><div class=\"preamble\">G</div><div class=\"chatlog\">\n<div class=\"chatlog__message-container\" data-message-id=\"10\"><span class=\"chatlog__author\" data-user-id=\"100\">Ana</span><span class=\"chatlog__timestamp\">12/30/2023 9:05 PM</span></div></div></body></html>",
    ),
    (
        "channel.txt",
        "==========\nGuild: G\nChannel: general\n==========\n\n[12/30/2023 9:05 PM] Ana\nhi\n\n[12/30/2023 9:06 PM] Ben\nyo\n",
    ),
    (
        "result.json",
        "{\"name\":\"Ben Ode\",\"type\":\"personal_chat\",\"id\":1,\"messages\":[{\"id\":1,\"type\":\"message\",\"date\":\"2024-01-02T09:00:00\",\"from\":\"Ana Ruiz\",\"from_id\":\"user1\",\"text\":\"Hi\"},{\"id\":2,\"type\":\"message\",\"date\":\"2024-01-02T09:01:00\",\"from\":\"Ben Ode\",\"from_id\":\"user2\",\"text\":[\"x\"]}]}",
    ),
    (
        "graph.graphml",
        "<?xml version=\"1.0\"?><graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/><graph edgedefault=\"directed\"><node id=\"a\"/><node id=\"b\"/><edge source=\"a\" target=\"b\"><data key=\"w\">0.5</data></edge></graph></graphml>",
    ),
    (
        "graph.gexf",
        "<?xml version=\"1.0\"?><gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\"><graph defaultedgetype=\"undirected\"><nodes><node id=\"0\" label=\"Ana\"/><node id=\"1\" label=\"Ben\"/></nodes><edges><edge id=\"0\" source=\"0\" target=\"1\" weight=\"2\"/></edges></graph></gexf>",
    ),
    (
        "graph.gml",
        "Creator \"x\"\ngraph [\n directed 1\n node [ id 1 label \"Ana\" ]\n node [ id 2 label \"Ben\" ]\n edge [ source 1 target 2 value 0.5 ]\n]\n",
    ),
    ("graph.net", "*Vertices 3\n1 \"Ana\"\n2 \"Ben\"\n3 \"Cy\"\n*Arcs\n1 2 1\n*Edgeslist\n2 3\n"),
    ("graph.dl", "dl n=3 format=edgelist1\nlabels:\nana,ben,cy\ndata:\n1 2 1\n2 3 0.5\n"),
    ("graph.dot", "digraph g { \"Ana\" -> ben [weight=2]; ben -> { cy; dee } }\n"),
    (
        "graph.json",
        "{\"directed\":true,\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"links\":[{\"source\":\"a\",\"target\":\"b\"}]}",
    ),
    (
        "graph.gdf",
        "nodedef>name VARCHAR,label VARCHAR\na,Ana\nb,Ben\nedgedef>node1 VARCHAR,node2 VARCHAR\na,b\n",
    ),
    (
        "graph.vna",
        "*Node data\nID, name, age\nj1, \"Ana Ruiz\", 42\nw7, Ben, 40\n*Tie data\nfrom to friends\nj1 w7 1\n",
    ),
    (
        "graph.tlp",
        "(tlp \"2.3\"\n(nodes 0..1)\n(edge 0 0 1)\n(property 0 string \"viewLabel\"\n(default \"\" \"\")\n(node 0 \"Ana\")\n)\n)\n",
    ),
    ("out.konect", "% asym weighted\n1 2 1 1085558400\n2 3 1 1085644800\n"),
    ("graph.lgl", "# ana\nben 0.5\ncy\n# ben\ncy\n"),
    ("matrix.csv", ",a,b,c\na,0,1,0\nb,1,0,2\nc,0,0,0\n"),
    ("neighbors.adjlist", "#neighbors\na b c\nb c\nc d e f\n"),
];

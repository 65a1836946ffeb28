//! Graph files of every format, with the traps that real ones hold.

use std::ops::ControlFlow;

use jaywalk::import::{self, ImportError, Input, IssueKind, PersonRecord, Source};
use jaywalk::network::fact;
use proptest::prelude::*;

use crate::support::{check, read_all, read_one, sound, told};

/// Three people and two ties, told by every format alike.
const CHAIN: &[(&str, &str, &[&str])] = &[
    (
        "GraphML",
        "<graphml><graph edgedefault='directed'><node id='a'/><node id='b'/><node id='c'/>\
         <edge source='a' target='b'/><edge source='b' target='c'/></graph></graphml>",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "GEXF",
        "<?xml version='1.0'?><gexf><graph defaultedgetype='directed'><nodes><node id='a'/><node id='b'/>\
         <node id='c'/></nodes><edges><edge source='a' target='b'/><edge source='b' target='c'/></edges>\
         </graph></gexf>",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "GML",
        "graph [ directed 1 node [ id a ] node [ id b ] node [ id c ]\n\
         edge [ source a target b ] edge [ source b target c ] ]",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "Pajek",
        "*Vertices 3\n1 \"a\"\n2 \"b\"\n3 \"c\"\n*Arcs\n1 2\n2 3\n",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "UCINET DL",
        "dl n=3 format=fullmatrix\nlabels:\na,b,c\ndata:\n0 1 0\n0 0 1\n0 0 0\n",
        &["a -> b Listed 1", "b -> c Listed 1"],
    ),
    ("DOT", "digraph { a -> b -> c }", &["a -> b Listed", "b -> c Listed"]),
    (
        "GDF",
        "nodedef>name VARCHAR\na\nb\nc\nedgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN\na,b,true\nb,c,true\n",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "TLP",
        "(tlp \"2.3\" (nodes 0..2) (edge 0 0 1) (edge 1 1 2)\n(property 0 string \"viewLabel\" (node 0 \"a\") (node 1 \"b\") (node 2 \"c\")))",
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "graph in JSON",
        r#"{"directed": true, "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
            "links": [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]}"#,
        &["a -> b Listed", "b -> c Listed"],
    ),
    (
        "adjacency matrix",
        ";a;b;c\na;0;1;0\nb;0;0;1\nc;0;0;0\n",
        &["a -> b Listed 1", "b -> c Listed 1"],
    ),
];

#[test]
fn one_chain_reads_the_same_in_every_format() {
    for (format, text, ties) in CHAIN {
        // Recognized by what is in it, whatever its name.
        for name in ["a.txt", "export.csv", "x.json"] {
            let rows = format!("{format} 5/5");
            let expected: Vec<&str> =
                std::iter::once(rows.as_str()).chain(ties.iter().copied()).collect();
            check(name, text, &expected);
        }
        let source = read_one("a", text.replace('\n', "\r\n"));
        assert_eq!((source.records.people.len(), source.records.ties.len()), (3, 2), "{format}");
    }
    check(
        "a.mtx",
        "%%MatrixMarket matrix coordinate real symmetric\n% x\n3 3 2\n2 1 0.5\n3 2 2\n9 1 1\n",
        &["Matrix Market 2/3", "2 -- 1 Listed 0.5", "3 -- 2 Listed 2", "skipped 6"],
    );
    check(
        "a.col",
        "c a remark\np edge 3 2\nn 1 7\ne 1 2\ne 2 3\ne 9 1\nz\n",
        &["DIMACS 2/4", "1 -- 2 Listed", "2 -- 3 Listed", "skipped 6", "skipped 7"],
    );
    check(
        "a.gr",
        "p sp 3 2\na 1 2 0.5\na 2 3 4\n",
        &["DIMACS 2/2", "1 -> 2 Listed 0.5", "2 -> 3 Listed 4"],
    );
    check("a.lgl", "# a\nb\n# b\nc 0.5\n", &["LGL 4/4", "a -- b Listed", "b -- c Listed 0.5"]);
    check(
        "a.csv",
        "a;b\nb;c;d\ne\n",
        &["adjacency list 6/6", "a -> b Listed", "b -> c Listed", "b -> d Listed"],
    );
}

#[test]
fn an_edge_list_may_leave_out_some_weights() {
    check(
        "a.csv",
        "a,b\nb,c,0.5\nc,a\n",
        &["edge list 3/3", "a -> b Listed", "b -> c Listed 0.5", "c -> a Listed"],
    );
    check(
        "a.csv",
        "1,2,0.5\n1,3\n2,3\n",
        &["edge list 3/3", "1 -> 2 Listed 0.5", "1 -> 3 Listed", "2 -> 3 Listed"],
    );
    // Whole numbers in rows that begin with different nodes are neighbors.
    check(
        "a.csv",
        "1,2,3\n2,3\n",
        &["adjacency list 5/5", "1 -> 2 Listed", "1 -> 3 Listed", "2 -> 3 Listed"],
    );
}

#[test]
fn letters_of_several_bytes_survive_wherever_a_long_file_is_cut() {
    for shift in 0..3 {
        let mut text = format!("source,target{}\n", " ".repeat(shift));
        let names: Vec<String> = (0..6000).map(|it| format!("王芳王芳王芳王芳{it}")).collect();
        text.extend(names.chunks(2).map(|pair| pair.join(",") + "\n"));
        let source = read_one("a.csv", text);
        let read: Vec<&str> = source.records.people.iter().map(|it| it.name.as_ref()).collect();
        assert!(read == names, "shifted by {shift}");
    }
}

fn person<'s>(source: &'s Source, id: &str) -> &'s PersonRecord {
    source.records.people.iter().find(|it| it.id.as_deref() == Some(id)).unwrap()
}

/// Names of everybody, in order.
fn names(source: &Source) -> Vec<&str> {
    source.records.people.iter().map(|it| it.name.as_ref()).collect()
}

#[test]
fn an_id_with_an_invisible_mark_is_the_person_known_without_it() {
    let list = "Ana Ben Cy\nBen\u{200b} Cy\nCy Ana Ben\n";
    assert_eq!(names(&read_one("neighbors.adjlist", list)), ["Ana", "Ben", "Cy"]);
}

#[test]
fn graphml_keys_may_lie_anywhere_and_mean_two_things() {
    let source = read_one(
        "a.graphml",
        "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>\n\
         <graph edgedefault='undirected'>\n\
         <key id='l' for='node' attr.name='label'/><key id='l' for='edge' attr.name='weight'/>\n\
         <key id='t' for='node' attr.name='Job Title'><default>Clerk</default></key>\n\
         <key id='b' for='node' attr.name='paid' attr.type='boolean'/>\n\
         <edge source='1' target='2' directed='true'><data key='l'>0.5</data></edge>\n\
         <node id='1'><data key='l'><![CDATA[Ana & Co]]></data><data key='b'>  true   </data></node>\n\
         <node id='2'><data key='l'>B&#233;n &amp; Cy</data><data key='t'>Director</data></node>\n\
         <node id='3'><data key='who'>nobody</data><data key='x'>1</data></node>\n\
         <edge source='2' target='3'/><edge source='3' target='3'/><edge target='3'/>\n\
         </graph></graphml>",
    );
    assert_eq!(
        told(&source),
        "GraphML 5/7\nAna & Co -> Bén & Cy Listed 0.5\nBén & Cy -- 3 Listed\nskipped 10\nskipped 10"
    );
    let (one, two) = (person(&source, "1"), person(&source, "2"));
    assert_eq!(one.facts.get(fact::PROFESSION), Some("Clerk"));
    assert_eq!(one.facts.get("paid"), Some("true"));
    assert_eq!(two.facts.get(fact::PROFESSION), Some("Director"));
    assert_eq!(person(&source, "3").facts.get("who"), Some("nobody"));
    assert_eq!(source.records.directed, Some(true));
}

#[test]
fn graphml_of_yed_has_labels_groups_ports_and_hyperedges() {
    let source = read_one(
        "a.graphml",
        "<graphml xmlns:y='http://www.yworks.com/xml/graphml'>\n\
         <key for='node' id='d6' yfiles.type='nodegraphics'/><key for='port' id='d0' yfiles.type='portgraphics'/>\n\
         <graph edgedefault='directed' id='G'>\n\
         <node id='g' yfiles.foldertype='group'>\n\
         <data key='d6'><y:GroupNode><y:NodeLabel>Team<y:LabelModel/></y:NodeLabel></y:GroupNode></data>\n\
         <graph edgedefault='undirected' id='g:'>\n\
         <node id='g::n0'><data key='d6'><y:ShapeNode><y:Fill color='#FFCC00'/><y:NodeLabel visible='true'>Ana \
         Ruiz</y:NodeLabel></y:ShapeNode></data><port name='p'><data key='d0'>x</data></port></node>\n\
         <node id='g::n1'/>\n\
         <edge source='g::n0' target='g::n1' sourceport='p'><data key='d9'><y:EdgeLabel>knows</y:EdgeLabel></data></edge>\n\
         </graph></node>\n\
         <hyperedge><endpoint node='g'/><endpoint node='g::n0'/><endpoint node='g::n1'/></hyperedge>\n\
         </graph></graphml>",
    );
    assert_eq!(
        told(&source),
        "GraphML 5/5\nAna Ruiz -- g::n1 Listed\nAna Ruiz -- g::n1 Listed of 3\nAna Ruiz -- Team Listed of 3\n\
         g::n1 -- Team Listed of 3"
    );
    let said = |words: &str| source.issues.iter().any(|it| it.reason.contains(words));
    assert!(said("ports") && said("1 nodes hold graphs"), "{:?}", source.issues);
}

#[test]
fn graphml_of_nodexl_is_recognized_by_its_relationships() {
    let source = read_one(
        "a.graphml",
        "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>\
         <key id='V-Label' for='node' attr.name='Label' attr.type='string' />\
         <key id='V-X' for='node' attr.name='X' attr.type='string' />\
         <key id='E-Relationship' for='edge' attr.name='Relationship' attr.type='string' />\
         <key id='E-Edge Weight' for='edge' attr.name='Edge Weight' attr.type='string' />\
         <graph edgedefault='directed'><node id='ana'><data key='V-Label'>Ana Ruiz</data><data key='V-X'>3</data></node>\
         <edge source='ana' target='ben'><data key='E-Relationship'>Mentions</data><data key='E-Edge Weight'>3</data></edge>\
         <edge source='ben' target='ana'><data key='E-Relationship'>Followed</data></edge></graph></graphml>",
    );
    assert_eq!(told(&source), "GraphML 3/3\nAna Ruiz <- ben Mention x3\nben <- Ana Ruiz Follow");
    assert!(person(&source, "ana").facts.is_empty());
}

#[test]
fn gexf_of_every_version_is_read() {
    let source = read_one(
        "a.gexf",
        "<gexf xmlns='http://www.gephi.org/gexf' xmlns:viz='x'><graph defaultedgetype='undirected'>\n\
         <attributes class='node'><attribute id='0' title='name' type='string'/>\
         <attribute id='1' title='town' type='liststring'><default>Rome</default></attribute></attributes>\n\
         <attributes class='edge'><attribute id='0' title='Weight' type='double'/></attributes>\n\
         <nodes><node id='n1' label='1'><attvalues><attvalue id='0' value='Ana Ruiz'/></attvalues>\n\
         <nodes><node id='n2' label='Ben'><attvalues><attvalue for='1' value='[Oslo, Bern]'/>\
         <attvalue for='shoe' value='44'/></attvalues><viz:size value='3'/></node></nodes></node>\n\
         <node id='n3' pid='n1' label='INF'><attvalues><attvalue for='1' value='null'/></attvalues></node></nodes>\n\
         <edges><edge source='n1' target='n2' type='directed' weight='0.5'/>\n\
         <edge source='n2' target='n3' type='mutual'><attvalues><attvalue for='0' value='1' start='2004'/>\
         <attvalue for='0' value='2.5' start='2005'/></attvalues><spells><spell start='1'/></spells></edge>\n\
         <edge source='n1' target='n9'/></edges></graph></gexf>",
    );
    assert_eq!(
        told(&source),
        "GEXF 6/6\nAna Ruiz -> Ben Listed 0.5\nBen -- INF Listed 2.5\nAna Ruiz -- n9 Listed"
    );
    assert_eq!(person(&source, "n1").facts.get(fact::PLACE), Some("Rome"));
    assert_eq!(person(&source, "n2").facts.get("shoe"), Some("44"));
    let said = |words: &str| source.issues.iter().any(|it| it.reason.contains(words));
    assert!(said("2 nodes lie inside others") && said("1 more people"), "{:?}", source.issues);
}

#[test]
fn gml_has_entities_comments_and_lists_inside() {
    let latin = "Creator \"x\"\n# a comment [\ngraph\n[\n  directed 0\n  node [ id 1 label \"Ren\u{e9} &amp; &#201;va\"\n\
         graphics [ x 1.5 fill \"#00FF00\" ] ]\n  node [ label \"second\" id 2 ]\n  node [ label \"nobody\" ]\n\
         edge [ source 2 target 1 value -Inf ]\n  edge [ source 2 target 7 weight 2.5 ]\n]\ngraph [ node [ id 9 ] ]\n";
    let bytes: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let source = read_one("a.gml", bytes);
    assert_eq!(
        told(&source),
        "GML 4/5\nsecond -- René & Éva Listed\nsecond -- 7 Listed 2.5\nskipped 9\nwarned 10"
    );
    assert_eq!(names(&source), ["René & Éva", "second", "7"]);
}

#[test]
fn lists_that_gml_does_not_know_are_told_with_their_line() {
    check(
        "a.gml",
        "graph [\n node [ id 1 ]\n ndoe [ id 2 ]\n graphics [ x 1 ]\n edge [ source 1 target 2 ]\n]\n",
        &["GML 2/2", "1 -- 2 Listed", "warned 3"],
    );
}

#[test]
fn pajek_has_relations_lists_matrices_modes_and_partitions() {
    check(
        "a.net",
        "% comment\n*NETWORK n\n*vertices 4\n1 \"Ana Ruiz\" 0.1 0.2 ellipse ic Red\n3 Cy\n\
         *ARCS :1 \"trusts\"\n1 2 0.5 c Blue\n2: 2 3\n*Edgeslist\n1 3 4\n*edges :3\n4 4\n9 1\n",
        &[
            "Pajek 6/8",
            "Ana Ruiz -> 2 Listed 0.5",
            "2 -> Cy Listed",
            "Ana Ruiz -- Cy Listed",
            "Ana Ruiz -- 4 Listed",
            "skipped 12",
            "skipped 13",
        ],
    );
    let source = read_one(
        "a.paj",
        "*Network one\r*Vertices 3 2\r1 \"a\"\r2 \"b\"\r3 \"club\"\r*Matrix\r1\r0\r\
         *Partition Side\r*Vertices 3\r1\r2\r2\r*Vector v\r*Vertices 3\r0.5\r0\r0\r",
    );
    assert_eq!(told(&source), "Pajek 4/4\na -- club Listed 1");
    let facts = &person(&source, "b").facts;
    assert_eq!(
        (facts.get("mode"), facts.get("Side"), facts.get("v")),
        (Some("1"), Some("2"), Some("0"))
    );
    check(
        "a.net",
        "*Vertices 2\n*Matrix :1\n0 2\n2 0\n*Matrix :2\n0 1\n0 0\n",
        &["Pajek 2/2", "1 -- 2 Listed x2", "1 -> 2 Listed"],
    );
}

#[test]
fn pajek_may_begin_with_words_on_the_file() {
    check(
        "a.net",
        "From the club's archive\n/* 2024 */\n\n*Vertices 2\n1 \"a\"\n2 \"b\"\n*Arcslist\n1 2\n",
        &["Pajek 3/3", "a -> b Listed"],
    );
}

#[test]
fn vna_has_tables_of_nodes_and_ties() {
    let source = read_one(
        "a.vna",
        "*Node data\nID, name, age\nj1, \"Ana Ruiz\", 42\nw7 Ben \"\"\n*Node properties\nID x y\nj1 1 2\n\
         *Tie data\nfrom to friends advice\nj1 w7 1 0\nw7 j1 0 0\n*Tie data\nfrom to strength\nw7, c, 0.5\n",
    );
    let expected = "VNA 4/5\nAna Ruiz -> Ben Listed\nBen -> c Listed 0.5\nskipped 11";
    assert_eq!(told(&source), expected);
    assert_eq!(person(&source, "j1").facts.get("age"), Some("42"));
}

#[test]
fn tlp_has_properties_behind_nodes_and_clusters() {
    let source = read_one(
        "a.tlp",
        "(tlp \"2.0\" ; by hand\n(nodes 3 4)\n(edge 7 3 4)\n(cluster 1 (nodes 3) (edges))\n\
         (property 0 int \"age\" (default \"0\" \"0\") (node 3 \"42\"))\n\
         (property 1 int \"age\" (node 3 \"1\"))\n(property 0 double \"weight\" (edge 7 \"0.5\"))\n\
         (property 0 color \"viewColor\" (node 3 \"(1,2,3,4)\"))\n\
         (property 0 string \"viewLabel\" (node 3 \"Ana \\\"A\\\" Ruiz\")))",
    );
    assert_eq!(told(&source), "TLP 3/3\nAna \"A\" Ruiz -> 4 Listed 0.5");
    let facts: Vec<_> = person(&source, "3").facts.iter().collect();
    assert_eq!(facts, [("age", "42")]);
}

#[test]
fn edges_of_networkx_have_facts_in_braces() {
    check(
        "a.edgelist",
        "a b {}\nb c {'weight': 0.5, 'tags': ['x', 'y'], \"kind\": \"it's, so\"}\n",
        &["networkx edge list 2/2", "a -> b Listed", "b -> c Listed 0.5"],
    );
}

#[test]
fn json_may_be_a_list_of_edges_or_of_elements() {
    let ties = ["graph in JSON 2/2", "a -> b Listed 0.5", "b -> c Listed"];
    let edges =
        [r#"{"source": "a", "target": "b", "weight": 0.5}"#, r#"{"source": "b", "target": "c"}"#];
    check("a.json", format!("[{}]", edges.join(",")), &ties);
    check("a.jsonl", edges.join("\n"), &ties);
    check(
        "a.json",
        r#"[{"group": "nodes", "data": {"id": "a"}}, {"data": {"id": "b"}}, {"data": {"id": "ab", "source": "a", "target": "b"}}]"#,
        &["graph in JSON 3/3", "a -> b Listed"],
    );
}

#[test]
fn who_belongs_to_what_is_a_matrix_of_two_modes() {
    check(
        "clubs.csv",
        ",Chess,Choir\nAna,1,0\nBen,1,\n",
        &["adjacency matrix 6/6", "Ana -- Chess Listed 1", "Ben -- Chess Listed 1"],
    );
    check(
        "clubs.2sm",
        "0 1 1\n1 0 0\n",
        &[
            "adjacency matrix 8/8",
            "row 1 -- column 2 Listed 1",
            "row 1 -- column 3 Listed 1",
            "row 2 -- column 1 Listed 1",
        ],
    );
}

#[test]
fn edge_lists_with_times_count_sights_and_keep_the_latest() {
    check(
        "out.calls",
        "% asym weighted\n% 3 2 2\n1 2 1 1085558400\n1 2 1 1085731200\n",
        &["KONECT edge list 2/2", "1 -> 2 Listed 1 2004-05-26", "1 -> 2 Listed 1 2004-05-28"],
    );
    check(
        "out.clubs",
        "% bip\n1 1\n2 1\n",
        &["KONECT edge list 2/2", "1 -- right 1 Listed", "2 -- right 1 Listed"],
    );
    check(
        "college.txt",
        "1 2 1082040961\n2 1 1082155839\n1 2 1082414391\n",
        &["edge list with times 3/3", "1 -> 2 Listed x2 2004-04-19", "2 -> 1 Listed 2004-04-16"],
    );
    check(
        "school.csv",
        "1385982020\t454\t640\tA\tB\n1385982040\t454\t640\tA\tB\n",
        &["edge list with times 2/2", "454 -> 640 Listed x2 2013-12-02"],
    );
}

#[test]
fn dl_of_every_format_is_read() {
    let both = ["a -- b Listed 1", "b -- c Listed 1"];
    let back = ["b -- a Listed 1", "c -- b Listed 1"];
    let open = ["a -> b Listed", "b -> c Listed"];
    for (head, data, expected, rows) in [
        ("format=lowerhalf", "0\n1 0\n0 1 0", back, 5),
        ("format=lowerhalf diagonal=absent", "1\n0 1", back, 5),
        ("format=upperhalf", "0 1 0\n0 1\n0", both, 5),
        ("format = upperhalf, diagonal absent", "1 0\n1", both, 5),
        ("FORMAT = FULLMATRIX DIAGONAL PRESENT", "0 1 0 1\n0 1 0 1 0", both, 5),
        ("format=fullmatrix diagonal absent", "1 0\n1 1\n0 1", both, 5),
        ("format=edgelist1", "1 2\n2,3", open, 5),
        ("format=nodelist1", "1 2\n2 3", open, 5),
        ("format=nodelist1b", "1 2\n1 3\n0", open, 5),
        ("format=edgearray1 nm=2", "1 2 1 0\n2 3 0 1", ["a -> b Listed 1", "b -> c Listed 1"], 5),
    ] {
        for labels in
            ["labels:\na b c", "labels: a,b\nc", "row labels:\na\nb\n\"c\"\nlevel labels:\nx"]
        {
            let text = format!("DL n=3\n{head}\n{labels}\ndata:\n{data}\n");
            let told_rows = format!("UCINET DL {rows}/{rows}");
            check("a.dl", text, &[&told_rows, expected[0], expected[1]]);
        }
    }
    check(
        "a.dl",
        "dl n=3, format=fullmatrix\nlabels embedded:\ndata:\n  a b c\na 0 1 0\nb 0 0 1\nc 0 0 0\n",
        &["UCINET DL 2/2", "a -> b Listed 1", "b -> c Listed 1"],
    );
    check(
        "a.dl",
        "dl n=3 format=edgelist1 labels embedded data:\n\"Ana Ruiz\" b\nb c 0.5\n",
        &["UCINET DL 2/2", "Ana Ruiz -> b Listed", "b -> c Listed 0.5"],
    );
    let source = read_one(
        "a.dl",
        "dl nr=2 nc=3\nrow labels:\nana,ben\ncolumn labels:\nx,y,z\ndata:\n1 0 2\n0 1 0\n",
    );
    assert_eq!(
        told(&source),
        "UCINET DL 8/8\nana -- x Listed\nana -- z Listed x2\nben -- y Listed"
    );
    assert_eq!(person(&source, "z").facts.get("mode"), Some("2"));
}

#[test]
fn dot_has_groups_defaults_ports_html_and_comments() {
    let source = read_one(
        "a.dot",
        "# made by hand\nstrict digraph \"G\" { /* a\n comment */ rankdir=LR; graph [ratio=1]\n\
         node [team=red] // from here on\n\
         edge [weight=2.5]\n\
         a [label=\"Ana \\\"A\\\" Ruiz\"]; b [label=<<b>Ben</b> &amp; Co>]\n\
         subgraph cluster_0 { node [team=blue]; c; d }\n\
         a:port:n -> b:s -> {c; d} [label=\"x\", weight=1]\n\
         d -> a [dir=back]; d -> \"e\" + \"f\" [dir=both]; -1.5 -> a -> a }",
    );
    assert_eq!(
        told(&source),
        "DOT 12/13\nAna \"A\" Ruiz -> Ben & Co Listed 1\nBen & Co -> c Listed 1\nBen & Co -> d Listed 1\n\
         Ana \"A\" Ruiz -> d Listed 2.5\nd -- ef Listed 2.5\n-1.5 -> Ana \"A\" Ruiz Listed 2.5\nskipped 9"
    );
    let team = |id: &str| person(&source, id).facts.get("team");
    assert_eq!((team("a"), team("d"), team("ef")), (Some("red"), Some("blue"), Some("red")));
    assert_eq!(person(&source, "c").facts.get("cluster"), Some("cluster_0"));
    check("a.gv", "graph { my-node--b-2 }", &["DOT 3/3", "my-node -- b-2 Listed"]);
    check("a.gv", "graph { a -- {b c} }", &["DOT 5/5", "a -- b Listed", "a -- c Listed"]);
}

#[test]
fn json_of_every_program_is_read() {
    let expected = ["Ana -> Ben Listed", "Ben -> Cy Listed"];
    for text in [
        // d3 of old, by place.
        r#"{"nodes":[{"name":"Ana","group":1},{"name":"Ben"},{"name":"Cy"}],"links":[{"source":0,"target":1},{"source":1,"target":2}]}"#,
        // Edges first, as objects; sigma; vis.
        r#"{"edges":[{"id":"e","source":{"id":"1"},"target":{"id":"2"}},{"source":"2","target":"3"}],"nodes":[{"id":"1","label":"Ana"},{"id":"2","label":"Ben"},{"id":"3","label":"Cy"}]}"#,
        r#"{"nodes":[{"id":1,"label":"Ana"},{"id":2,"label":"Ben"},{"id":3,"label":"Cy"}],"edges":[{"from":1,"to":2},{"from":2,"to":3}]}"#,
        // graphology.
        r#"{"options":{"type":"mixed"},"nodes":[{"key":"a","attributes":{"label":"Ana"}},{"key":"b","attributes":{"label":"Ben"}},{"key":"c","attributes":{"label":"Cy"}}],"edges":[{"key":"e","source":"a","target":"b"},{"source":"b","target":"c","attributes":{}}]}"#,
        // Cytoscape, both ways.
        r#"{"elements":{"nodes":[{"data":{"id":"a","name":"Ana"}},{"data":{"id":"b","name":"Ben"}},{"data":{"id":"c","name":"Cy"}}],"edges":[{"data":{"source":"a","target":"b"}},{"data":{"source":"b","target":"c"}}]}}"#,
        r#"{"elements":[{"group":"edges","data":{"source":"a","target":"b"}},{"data":{"id":"a","name":"Ana"}},{"data":{"id":"b","name":"Ben"}},{"data":{"id":"c","name":"Cy"}},{"data":{"source":"b","target":"c"}}]}"#,
        // JSON Graph Format.
        r#"{"graph":{"nodes":{"a":{"label":"Ana"},"b":{"label":"Ben"},"c":{"label":"Cy"}},"edges":[{"source":"a","target":"b"},{"source":"b","target":"c"}]}}"#,
        // Kumu.
        r#"{"elements":[{"label":"Ana","type":"Person"},{"label":"Ben"},{"label":"Cy"}],"connections":[{"from":"Ana","to":"Ben"},{"from":"Ben","to":"Cy"}]}"#,
        // networkx adjacency.
        r#"{"multigraph":false,"graph":[],"nodes":[{"id":"a","name":"Ana"},{"id":"b","name":"Ben"},{"id":"c","name":"Cy"}],"adjacency":[[{"id":"b"}],[{"id":"c"}],[]]}"#,
    ] {
        let source = read_one("a.json", text);
        let mut ties: Vec<String> = told(&source).lines().skip(1).map(str::to_owned).collect();
        ties.sort();
        assert_eq!(ties, expected, "{text}");
        assert_eq!(source.records.people.len(), 3, "{text}");
        assert_eq!(source.records.directed, None, "{text}");
    }
    let source = read_one(
        "a.json",
        r#"{"directed": false, "nodes": ["ana", "ben", 7], "links": [
            {"source": "ana", "target": "ben", "value": 0.5},
            {"source": "ana", "target": 7, "directed": true, "weight": 2}, 3, {"source": "ana"}]}"#,
    );
    assert_eq!(
        told(&source),
        "graph in JSON 5/7\nana -- ben Listed 0.5\nana -> 7 Listed 2\nskipped 6\nskipped 7"
    );
    let both = r#"{"directed":false,"nodes":[{"id":"a"},{"id":"b"}],"adjacency":[[{"id":"b"}],[{"id":"a"}]]}"#;
    check("a.json", both, &["graph in JSON 3/3", "a -- b Listed"]);
}

#[test]
fn gdf_cells_may_be_quoted_both_ways() {
    let source = read_one(
        "a.gdf",
        "nodedef> name VARCHAR,label VARCHAR,city VARCHAR\nn1,'Ruiz, Ana',\"Rome\"\nn2,O'Neil,\n\
         edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE\nn1,n2,0.5\n",
    );
    assert_eq!(told(&source), "GDF 3/3\nRuiz, Ana -- O'Neil Listed 0.5");
    assert_eq!(person(&source, "n1").facts.get(fact::PLACE), Some("Rome"));
}

#[test]
fn matrices_are_told_from_other_tables() {
    check(
        "a.csv",
        "\"\",\"Ruiz, Ana\",\"Ben\",\"Cy\"\n\"Ruiz, Ana\",0,\"0,5\",\n\"Ben\",\"0,5\",1,0\n\"Cy\",,0,0\n",
        &["adjacency matrix 4/5", "Ruiz, Ana -- Ben Listed 0.5", "skipped 3"],
    );
    check("a.adj", "# bare\n0 2.5\n0 0\n", &["adjacency matrix 3/3", "1 -> 2 Listed 2.5"]);
    check(
        "a.csv",
        "a;b;c\na;0;1;0\nb;1;0;0\nc;0;0;0\n",
        &["adjacency matrix 4/4", "a -- b Listed 1"],
    );
    for (name, text, format) in [
        ("a.csv", "1 2 2.5\n2 3 1.5\n3 1 3.0\n", "edge list"),
        ("a.csv", "Name,Email\nAna,ana@a.example\nBen,ben@a.example\n", "contact list"),
    ] {
        assert_eq!(read_one(name, text).format, format);
    }
}

#[test]
fn what_is_broken_is_refused_with_line_and_cause() {
    let nested =
        |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let nested_graphs = format!("<graphml>{}", nested("<graph>", "</graph>"));
    let nested_lists = format!("graph [ {}", nested("a [ ", "] "));
    let nested_groups = format!("graph {{ {}", nested("{ ", "} "));
    let nested_arrays = format!("{{\"nodes\": {}}}", nested("[", "]"));
    let laughs = "<?xml version='1.0'?>\n<!DOCTYPE gexf [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;&a;'>\n]>\n<gexf>&b;</gexf>";
    for (name, text, line, words) in [
        ("deep.graphml", nested_graphs.as_str(), 1, "256 deep"),
        ("deep.gml", &nested_lists, 1, "256 deep"),
        ("deep.dot", &nested_groups, 1, "256 deep"),
        ("deep.json", &nested_arrays, 1, "deep inside"),
        ("laughs.gexf", laughs, 5, "entities of its own"),
        ("cut.graphml", "<graphml>\n<graph>\n<node id='a'/>", 3, "cut off"),
        ("cross.gexf", "<gexf>\n<graph>\n</gexf>", 3, "</gexf> stands where </graph>"),
        ("stray.graphml", "<graphml>\n<graph>\nwords</graph></graphml>", 3, "only nodes and edges"),
        ("key.gml", "graph [\n[ ] ]", 2, "no name"),
        ("cut.gml", "graph [\nnode [ id 1 ]\n", 2, "cut off"),
        ("close.gml", "graph [ node [ id 1 ] ]\n]", 2, "never opened"),
        ("quote.gml", "graph [\nnode [ id \"1 ] ]", 2, "quote"),
        ("word.gml", "Version-0", 1, "no value"),
        ("none.net", "*Vertices\n1 \"a\"\n", 1, "number of vertices"),
        ("five.net", "*Vertices 2\n1 a\n5 b\n", 3, "none of 1 to 2"),
        ("ragged.net", "*Vertices 2\n*Matrix\n0 1\n0 1 1\n", 4, "3 values instead of 2"),
        ("word.dl", "dl n=2\ndata:\n0 x\n1 0\n", 3, "should have a number"),
        ("short.dl", "dl n=2\ndata:\n0 1\n1\n", 4, "end within row 2"),
        ("block.dl", "dl n=2\nformat=blockmatrix\ndata:\n", 2, "not read"),
        ("size.dl", "dl n=two\nformat=edgelist1\ndata:\n1 2", 1, "not a number"),
        ("cut.dot", "digraph {\na -> b\n", 2, "cut off"),
        ("arrow.dot", "digraph {\na -> -> b\n}", 2, "between two arrows"),
        ("quote.dot", "digraph {\na -> \"b\n}", 2, "quote"),
        ("cut.json", "{\"nodes\": [{\"id\": 1},\n{\"id\":", 2, "cut off"),
        ("comma.json", "{\"nodes\": [{\"id\": 1},,\n], \"links\": []}", 1, "well-formed"),
    ] {
        let error = read_all(&[(name, text.as_bytes())]).unwrap_err().to_string();
        let place = format!("{name}, line {line}: ");
        assert!(error.contains(&place) && error.contains(words), "{name}: {error}");
    }
}

#[test]
fn a_few_bytes_cannot_claim_much_memory() {
    let nodes = read_all(&[("a.tlp", b"(tlp \"2.3\" (nodes 0..4000000000))")]);
    assert!(nodes.unwrap_err().to_string().contains("more nodes than"));
    let names: Vec<String> = (0..2000).map(|it| format!("n{it}")).collect();
    let groups = format!("graph {{ {{{}}} -- {{m{}}} }}", names.join(" "), names.join(" m"));
    let error = read_all(&[("groups.dot", groups.as_bytes())]).unwrap_err().to_string();
    assert!(error.contains("list the edges"), "{error}");
    let source = read_one("a.net", "*Vertices 4000000000\n1 a\n2 b\n*Edges\n1 3999999999\n");
    assert_eq!(told(&source), "Pajek 3/3\na -- 3999999999 Listed\nwarned 0");
    assert_eq!(source.records.people.len(), 3);
    let source = read_one("a.dl", "dl n=4000000000 format=edgelist1 data:\n1 2\n");
    assert_eq!(source.records.people.len(), 2);
    let error = read_all(&[("a.dl", b"dl n=4000000000 data:\n1 2\n")]).unwrap_err().to_string();
    assert!(error.contains("end within row 1"), "{error}");
    let ends = names.join("'/><endpoint node='");
    let wide = format!(
        "<graphml><graph><hyperedge><endpoint node='{ends}'/></hyperedge></graph></graphml>"
    );
    let error = read_all(&[("a.graphml", wide.as_bytes())]).unwrap_err().to_string();
    assert!(error.contains("2000 nodes at once"), "{error}");
}

#[test]
fn an_empty_graph_is_no_broken_one() {
    for (name, text) in [
        ("a.gexf", "<gexf><graph><nodes/><edges/></graph></gexf>"),
        ("a.gml", "graph [ ]"),
        ("a.dot", "digraph {}"),
        ("a.json", "{\"nodes\": [], \"links\": []}"),
    ] {
        let error = read_all(&[(name, text.as_bytes())]).unwrap_err().to_string();
        assert!(error.contains("the graph is empty"), "{error}");
    }
}

#[test]
fn a_node_is_one_person_in_all_graph_files_of_a_drop() {
    let sources = read_all(&[
        ("a.gexf", b"<gexf><graph><nodes><node id='1' label='Ana'/></nodes></graph></gexf>"),
        ("ties.csv", b"Source,Target,Type\n1,2,Directed\n2,3,Undirected\n"),
        ("nodes.csv", b"Id,Label\n2,Ben\n"),
    ])
    .unwrap();
    let keys: Vec<_> = sources.iter().map(|it| it.records.people[0].keys.clone()).collect();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(sources[1].records.people[1].keys, sources[2].records.people[0].keys);
}

#[test]
fn sheets_of_nodexl_are_edges_and_nodes() {
    let source = read_one(
        "Edges.csv",
        ",,Visual Properties,,,Labels,,Other Columns,,\n\
         Vertex 1,Vertex 2,Color,Width,Visibility,Label,Reciprocated?,ID,Relationship,Edge Weight\n\
         ana,ben,,,,,,3,Mentions,2\nben,cy,,,,,,4,Followed,1\nana,ana,,,,,,5,Tweet,1\n",
    );
    assert_eq!(told(&source), "edge list 2/3\nana <- ben Mention x2\nben <- cy Follow\nskipped 5");
    let source = read_one(
        "Vertices.csv",
        ",,Visual Properties,,,Labels,,Graph Metrics,,Other Columns,,\n\
         Vertex,Subgraph,Color,Shape,Visibility,Label,Tooltip,Degree,ID,Name,Location\n\
         ana,,,,,ana,,2,3,Ana Ruiz,Rome\nben,,,,,,,1,4,,\n",
    );
    assert_eq!((source.format.as_str(), names(&source)), ("node list", vec!["Ana Ruiz", "ben"]));
    assert_eq!(person(&source, "ana").facts.get(fact::PLACE), Some("Rome"));
    assert_eq!(source.issues.iter().filter(|it| it.kind != IssueKind::Note).count(), 0);
}

/// Texts that hold most of what a format has; damage to them reaches every corner.
const RICH: &[&str] = &[
    "<graphml xmlns:y='y'><key id='d' for='node' attr.name='label'><default>x</default></key><graph \
     edgedefault='directed'><node id='a'><data key='d'><y:NodeLabel>A &amp; &#66;</y:NodeLabel></data><graph>\
     <node id='b'/></graph><port name='p'/></node><edge source='a' target='b' directed='false'><data key='w'>\
     1.5</data></edge><hyperedge><endpoint node='a'/><endpoint node='b'/></hyperedge></graph></graphml>",
    "<!DOCTYPE gexf><gexf><graph defaultedgetype='mutual'><attributes class='edge'><attribute id='0' title='weight'>\
     <default>2</default></attribute></attributes><nodes><node id='a' label='A'><nodes><node id='b'/></nodes></node>\
     </nodes><edges><edge source='a' target='b'><attvalues><attvalue for='0'><![CDATA[3]]></attvalue></attvalues>\
     </edge></edges></graph></gexf>",
    "# x\ngraph [ directed 1 node [ id 1 label \"&#233; &amp; [\" g [ x 1 ] ] node [ id 2 ] edge [ source 1 target 2 value 3 ] ]",
    "*Network n\r\n*Vertices 4 2\r\n1 \"a b\" 0.1\r\n*Arcs :1 \"r\"\r\n1: 1 3 2\r\n*Edgeslist\r\n1 3 4\r\n*Matrix\r\n0 1\r\n1 0\r\n\
     *Partition p\r\n*Vertices 4\r\n1\r\n2\r\n",
    "dl n=3 nm=2 format=fullmatrix diagonal=absent\nrow labels:\na,\"b c\"\nd\nlevel labels: x y\ndata:\n0 1 2 3 4 5\n5 4 3 2 1 0\n",
    "dl nr=2,nc=3 format=nodelist2 labels embedded:\ndata:\na x y\n! \nb z 'w v'\n",
    "strict digraph \"g\" { node [a=b, c=\"d\" + \"e\"]; subgraph cluster_1 { x; y:p:n } -> {z -> <b<i>>} [dir=back,weight=2]; /* c */ }\n# e\n",
    r#"{"directed":true,"nodes":[{"id":"a","data":{"label":"A"}},{"name":"b"},3],"links":[{"source":0,"target":{"id":"b"},"weight":1.5}],"adjacency":[[{"id":3}]]}"#,
    r#"{"graph":{"nodes":{"a":{"label":"A"},"b":null},"edges":[{"source":"a","target":"b","metadata":{"w":[1,[2]]}}]},"elements":[{"data":{"id":"q"}}]}"#,
    "nodedef>name VARCHAR,label VARCHAR\na,'it''s, a'\nb,\"x\"\nedgedef>node1,node2,weight DOUBLE\na,b,2\n",
    "# a\nb 2\nc\n# b\nc\n",
    "%%MatrixMarket matrix coordinate pattern general\n2 3 2\n1 1\n2 3\n",
    ";a;\"b;c\"\na;0;0,5\n\"b;c\";0,5;0\n",
    "0 1 1\n1 0 0\n1 0 0\n",
    "a;b\nb;c;d\ne\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_damage_to_a_graph_makes_the_import_fail_otherwise_than_in_words(
        number in 0..RICH.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, 0_usize..4), 0..4),
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&b"<>[]{}\"'*:;,=-&#\n\r 019ax\xff"[..])), 0..5),
    ) {
        let mut bytes = RICH[number].as_bytes().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // A piece is taken out, or repeated up to three times.
        for (at, length, times) in cuts {
            if bytes.is_empty() {
                break;
            }
            let from = at.index(bytes.len());
            let to = (from + length).min(bytes.len());
            let piece = bytes[from..to].repeat(times);
            bytes.splice(from..to, piece);
        }
        sound("damaged", read_all(&[("damaged", &bytes)]))?;
    }
}

#[test]
fn a_long_graph_can_be_canceled() {
    let edges = "edge [ source 1 target 2 ]\n".repeat(20_000);
    let input =
        Input::Bytes { name: "a.gml".to_owned(), bytes: format!("graph [ {edges} ]").into() };
    let mut told = Vec::new();
    let result = import::read(&[input], &import::Answers::default(), &mut |progress| {
        told.push(progress.bytes_done);
        if progress.bytes_done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(result, Err(ImportError::Cancelled)), "{told:?}");
}

#[test]
fn a_doubtful_last_adoption_period_is_asked_about() {
    let nodes: Vec<String> = [1, 2, 2, 3, 9, 9, 9]
        .into_iter()
        .enumerate()
        .map(|(id, period)| format!("node [ id {id} toa {period} ]"))
        .collect();
    let source = read_one("a.gml", format!("graph [ {} ]", nodes.join("\n")));
    assert_eq!(person(&source, "3").facts.get(fact::ADOPTED), Some("3"));
    assert_eq!(source.questions.len(), 1);
}

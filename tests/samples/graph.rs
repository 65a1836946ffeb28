//! Every graph file among the samples: how many nodes and edges it should have, and has.
//!
//! Expected counts are those of networkx where it counts right. Where it refuses a valid file or counts
//! otherwise than the format says, the counts below were taken from the file by hand.

use std::collections::BTreeMap;
use std::path::Path;

use jaywalk::import::{IssueKind, Source};

use crate::shared::{Row, number, read, read_sample, shared};

/// What a file should give.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    /// People and edges, those from a node to itself included.
    Counts(usize, usize),
    /// An error that names this line.
    ErrorAt(usize),
    /// Nobody, but no crash: the file is a graph without nodes.
    Nobody,
}

use Expected::{Counts, ErrorAt, Nobody};

impl Expected {
    fn told(self) -> String {
        match self {
            Counts(nodes, edges) => {
                format!("{}, {}", number(nodes, "node", "nodes"), number(edges, "edge", "edges"))
            }
            ErrorAt(line) => format!("refused at line {line}"),
            Nobody => "nobody, and says so".to_owned(),
        }
    }
}

/// Files that networkx does not count, or counts otherwise; with the reason.
const BY_HAND: &[(&str, Expected, &str)] = &[
    ("graphml/gephi__gephi__cdata.graphml", Counts(2, 1), "keys inside the graph"),
    ("graphml/graphology__graphology__mixed_multigraph.graphml", Counts(6, 8), "mixed directions"),
    ("graphml/igraph__igraph__bug_2506_1.graphml", Nobody, "keys without a name"),
    ("graphml/igraph__igraph__invalid1.graphml", ErrorAt(15), "made invalid"),
    ("graphml/igraph__igraph__invalid2.graphml", ErrorAt(12), "made invalid"),
    (
        "graphml/socnetv__app__TinyDir_N3_REL2.graphml",
        Counts(3, 4),
        "two relations, networkx reads one",
    ),
    ("gexf/gephi__gephi-lite__divided-they-blog.gexf", Counts(1224, 19_025), "other namespace"),
    ("gexf/gephi__gephi__dynamicedgeweight.gexf", Counts(2, 1), "other namespace"),
    ("gexf/gephi__gephi__includenullattvalues.gexf", Counts(2, 1), "null as a number"),
    ("gexf/gephi__gephi__meta.gexf", Nobody, "no graph in it"),
    ("gexf/graphology__graphology__arctic.gexf", Counts(1715, 6676), "other namespace"),
    ("gexf/graphology__graphology__basic_formatted.gexf", Counts(2, 2), "mixed directions"),
    ("gexf/graphology__graphology__sanitized.gexf", Nobody, "empty"),
    (
        "gexf/graphology__graphology__undeclared_attribute.gexf",
        Counts(2, 1),
        "undeclared attribute",
    ),
    ("gexf/graphology__graphology__v1_3.gexf", Counts(2, 1), "lists"),
    ("gml/igraph__igraph__bug_2497.gml", Counts(1, 0), "a node without id is skipped"),
    ("gml/igraph__igraph__celegansneural.gml", Counts(297, 2359), "parallel edges"),
    ("gml/igraph__igraph__graph1.gml", Counts(3, 2), "infinite numbers, comments"),
    ("gml/igraph__igraph__graph3.gml", Nobody, "empty"),
    ("gml/igraph__igraph__invalid4.gml", ErrorAt(1), "made invalid"),
    ("pajek/igraph__igraph__invalid_pajek2.net", ErrorAt(3), "made invalid"),
    ("pajek/igraph__igraph__invalid_pajek3.net", ErrorAt(2), "made invalid"),
    (
        "pajek/igraph__igraph__pajek_edgeslist.net",
        Counts(3, 3),
        "a list of neighbors, read as a weight",
    ),
    ("pajek/igraph__igraph__pajek2.net", Counts(10, 9), "line ends of old Macs"),
    ("pajek/igraph__igraph__pajek4.net", Counts(10, 9), "line ends the wrong way round"),
    ("pajek/socnetv__app__Petersen_Graph.paj", Counts(10, 15), "names that are not unique"),
    (
        "pajek/socnetv__app__Stephenson_Zelen_5actors_6edges_IC_test_dataset.paj",
        Counts(5, 12),
        "two matrices",
    ),
    (
        "pajek/socnetv__app__Stephenson_Zelen_Dunbar_Dunbar_Gelada_baboon_colony_H22a_IC.paj",
        Counts(12, 24),
        "names that are not unique",
    ),
    (
        "pajek/socnetv__app__Wasserman_Faust_7actors_star_circle_line_graphs.paj",
        Counts(7, 19),
        "three matrices",
    ),
    ("ucinet_dl/igraph__igraph__edgelist7.dl", Counts(4, 3), ""),
    ("ucinet_dl/igraph__igraph__input.dl", Counts(66, 100), ""),
    ("ucinet_dl/igraph__igraph__nodelist1.dl", Counts(5, 5), ""),
    ("ucinet_dl/igraph__igraph__nodelist2.dl", Counts(5, 5), ""),
    (
        "ucinet_dl/socnetv__app__Freeman_EIES_network_48actors_Acquaintanceship_at_time_2.dl",
        Counts(48, 830),
        "14 without ties",
    ),
    (
        "ucinet_dl/socnetv__app__Freeman_EIES_network_48actors_Messages.dl",
        Counts(32, 460),
        "20 to themselves",
    ),
    (
        "ucinet_dl/socnetv__app__Freeman_EIES_networks_32actors.dl",
        Counts(32, 1869),
        "three matrices",
    ),
    (
        "ucinet_dl/socnetv__app__Stokman_Ziegler_Corporate_Interlocks_West_Germany.dl",
        Counts(15, 67),
        "undirected",
    ),
    (
        "ucinet_dl/socnetv__app__Thurman_Office_Networks_Coalitions.dl",
        Counts(15, 67),
        "34 directed and 33 undirected",
    ),
    ("ucinet_dl/socnetv__app__Zachary_Karate_Club.dl", Counts(34, 156), "two matrices"),
    ("dot/gephi__gephi__basic.dot", Counts(3, 2), ""),
    ("dot/gephi__gephi__labels.dot", Counts(3, 2), ""),
    ("dot/gephi__gephi__multipleedgesperline2.dot", Counts(4, 3), ""),
    ("dot/gephi__gephi__subgraph.dot", Counts(2, 1), ""),
    ("dot/gephi__gephi__undirected.dot", Counts(2, 1), ""),
    ("dot/socnetv__app__TinyGraphviz_Dir_N3.dot", Counts(3, 2), ""),
    ("dot/socnetv__app__TinyGraphviz_Undir_N3.dot", Counts(3, 2), ""),
    ("dot/socnetv__app__TinyGraphviz_Weighted_Dir_N3.dot", Counts(3, 3), ""),
    ("adjacency/gephi__gephi__adj_list.csv", Counts(9, 7), ""),
    ("adjacency/socnetv__app__Mexican_Power_Network_1940s.lst", Counts(19, 106), ""),
    ("adjacency/socnetv__app__TinyAdj_Weighted_Dir_N3.adj", Counts(3, 3), ""),
    ("adjacency/socnetv__app__TinyEdgeList_Simple_Dir_N3.lst", Counts(3, 2), ""),
    ("adjacency/socnetv__app__TinyEdgeList_Weighted_Dir_N3.wlst", Counts(3, 3), ""),
    ("lgl_ncol/igraph__igraph__graph3.ncol", Counts(3, 3), "one to itself"),
    ("lgl_ncol/igraph__igraph__igraph_read_graph_lgl-1.lgl", Counts(5, 4), ""),
    ("lgl_ncol/igraph__igraph__igraph_read_graph_lgl-3.lgl", Counts(2, 1), "one node has no name"),
    ("gephi_csv/gephi__gephi__complex_matrix.csv", Counts(27, 351), "one node has no name"),
    ("gephi_csv/gephi__gephi__decimal_separator.csv", Counts(2, 1), ""),
    ("gephi_csv/gephi__gephi__edge_color.csv", Counts(2, 1), ""),
    (
        "gephi_csv/gephi__gephi__edges_table_opposite_force_undirected_issue_1848.csv",
        Counts(176, 7346),
        "343 to themselves",
    ),
    ("gephi_csv/gephi__gephi__edges_table_repeated_without_ids.csv", Counts(4, 5), "parallel"),
    ("gephi_csv/gephi__gephi__edges_table_types_test.csv", Counts(2, 2), ""),
    ("gephi_csv/gephi__gephi__empty.csv", Nobody, "only a header"),
    ("gephi_csv/gephi__gephi__exclude_column.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__large_number.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__multigraph.csv", Counts(2, 2), "parallel"),
    ("gephi_csv/gephi__gephi__nodes_table_types_test.csv", Counts(5, 0), ""),
    ("gephi_csv/gephi__gephi__quotes.csv", Counts(2, 1), ""),
    ("gephi_csv/gephi__gephi__single.csv", Counts(2, 1), ""),
    ("gephi_csv/gephi__gephi__size.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__test_utf8_chars.csv", Counts(2, 0), "one listed twice"),
    ("gephi_csv/gephi__gephi__test_utf8_chars_with_bom.csv", Counts(2, 0), "one listed twice"),
    ("gephi_csv/gephi__gephi__timestamp.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__timestamp_with_estimator.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__timestamp_with_time_format.csv", Counts(2, 0), ""),
    ("gephi_csv/gephi__gephi__timestampset_column.csv", Counts(2, 0), ""),
    ("gephi_csv/melaniewalsh__sample-social-network-datasets__got-edges.csv", Counts(107, 352), ""),
    ("gephi_csv/melaniewalsh__sample-social-network-datasets__got-nodes.csv", Counts(107, 0), ""),
    (
        "gephi_csv/melaniewalsh__sample-social-network-datasets__poetry-little-review-edges.csv",
        Counts(391, 2426),
        "",
    ),
    (
        "gephi_csv/melaniewalsh__sample-social-network-datasets__political-books-nodes.csv",
        Counts(105, 0),
        "",
    ),
    ("gephi_csv/melaniewalsh__sample-social-network-datasets__quaker-nodes.csv", Counts(96, 0), ""),
    (
        "gephi_csv/melaniewalsh__sample-social-network-datasets__trump-edges.csv",
        Counts(303, 366),
        "",
    ),
    ("gephi_csv/melaniewalsh__sample-social-network-datasets__trump-nodes.csv", Counts(303, 0), ""),
    ("edge_csv/mathbeveridge__asoiaf__asoiaf-all-edges.csv", Counts(796, 2823), ""),
    ("edge_csv/mathbeveridge__asoiaf__asoiaf-book1-nodes.csv", Counts(187, 0), ""),
];

pub fn rows() -> Vec<Row> {
    let Some(samples) = shared("samples") else { return Vec::new() };
    let mut rows = Vec::new();
    for (file, (expected, note)) in expected(&samples) {
        let got = got(&samples.join(&file));
        rows.push(Row { file, expected: expected.told(), got, note });
    }
    rows
}

fn expected(samples: &Path) -> BTreeMap<String, (Expected, &'static str)> {
    let counts = std::fs::read_to_string(samples.join("NETWORKX_COUNTS.tsv")).unwrap();
    let counted = counts.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let (folder, file, result) = (cells.next()?, cells.next()?, cells.next()?);
        let mut counts = result.split(' ').map(|it| it.trim_end_matches(['n', 'e']).parse().ok());
        Some((format!("{folder}/{file}"), (Counts(counts.next()??, counts.next()??), "")))
    });
    let by_hand = BY_HAND.iter().map(|&(name, expected, why)| (name.to_owned(), (expected, why)));
    counted.chain(by_hand).collect()
}

fn got(path: &Path) -> String {
    match read(path) {
        Ok(sources) => {
            let source = &sources[0];
            assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
            Counts(source.records.people.len(), edges(source)).told()
        }
        Err(error) => {
            let told = error.to_string();
            eprintln!("{told}");
            let line =
                told.split(", line ").nth(1).and_then(|it| it.split(':').next()?.parse().ok());
            line.map_or(Nobody, ErrorAt).told()
        }
    }
}

/// Ties, and edges that are none because they go from a node to itself.
fn edges(source: &Source) -> usize {
    let to_itself = |reason: &str| reason.contains("tied to itself");
    let skipped = source
        .issues
        .iter()
        .filter(|issue| issue.kind == IssueKind::Skipped && to_itself(&issue.reason))
        .count();
    let unlisted = source.issues.iter().find_map(|issue| {
        let (number, rest) = issue.reason.split_once(" more skipped rows")?;
        rest.contains("not listed").then(|| number.parse::<usize>().ok())?
    });
    source.records.ties.len() + skipped + unlisted.unwrap_or(0)
}

#[test]
fn tables_of_nodes_and_of_edges_are_told_apart() {
    for (file, format) in [
        ("edge_csv/mathbeveridge__asoiaf__asoiaf-book1-nodes.csv", "node list"),
        ("edge_csv/mathbeveridge__asoiaf__asoiaf-all-edges.csv", "edge list"),
        ("gephi_csv/melaniewalsh__sample-social-network-datasets__got-edges.csv", "edge list"),
        ("gephi_csv/melaniewalsh__sample-social-network-datasets__trump-edges.csv", "edge list"),
        ("gephi_csv/gephi__gephi__edges_table_types_test.csv", "edge list"),
    ] {
        let Some(sources) = read_sample(file) else { return };
        assert_eq!(sources[0].format, format, "{file}");
    }
}

#[test]
fn reference_networks_are_read_from_gzip() {
    for (file, people, ties) in [("nethept", 15_229, 31_376), ("ego-facebook", 4039, 88_234)] {
        let Some(path) = shared(&format!("data/networks/{file}.txt.gz")) else { return };
        let records = &read(&path).unwrap()[0].records;
        assert_eq!((records.people.len(), records.ties.len()), (people, ties), "{file}");
    }
}

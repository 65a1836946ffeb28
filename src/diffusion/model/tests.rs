//! What is refused, and which columns count.

use std::sync::Arc;

use super::Model;
use crate::diffusion::{
    Contagion, Ensemble, NEVER, Scenario, ScenarioError, Threshold, TieProbability, TieWeight,
};
use crate::network::{Network, Person, Tie, fact};

/// Ada influences Ben, Ben and Cy influence each other; `facts` are one column of the three.
fn network(column: &str, facts: [&str; 3], values: [f64; 2]) -> Network {
    let person = |(name, fact): (&str, &str)| Person {
        id: name.to_lowercase().into(),
        name: name.to_owned().into(),
        facts: [(column.to_owned(), fact.to_owned())].into_iter().collect(),
        is_owner: false,
    };
    let tie = |influencer, audience, mutual, value| Tie {
        mutual,
        value: Some(value),
        ..Tie::new(influencer, audience, 0.01)
    };
    Network {
        people: ["Ada", "Ben", "Cy"].into_iter().zip(facts).map(person).collect(),
        ties: [tie(0, 1, false, values[0]), tie(1, 2, true, values[1])].into_iter().collect(),
    }
}

fn prepare(network: &Network, contagion: Contagion) -> Result<Model, ScenarioError> {
    let scenario = Scenario { contagion, ..Scenario::default() };
    Model::prepare(network, Arc::new(network.influence_graph()), &scenario)
}

#[test]
fn a_tie_out_of_range_is_refused_with_both_names() {
    let per_tie = Contagion::IndependentCascade(TieProbability::PerTie);
    for bad in [1.5, -0.5, f64::MAX] {
        let network = network("client", ["", "", ""], [bad, 0.5]);
        let message = prepare(&network, per_tie).expect_err("out of range").to_string();
        assert!(message.contains("from Ada to Ben"), "{message}");
        let weight = Contagion::LinearThreshold(TieWeight::PerTie);
        let message = prepare(&network, weight).expect_err("out of range").to_string();
        assert!(message.contains("from Ada to Ben"), "{message}");
    }
}

#[test]
fn weights_above_one_are_refused() {
    let network = network("client", ["", "", ""], [0.7, 0.5]);
    let rule = Contagion::LinearThreshold(TieWeight::PerTie);
    let message = prepare(&network, rule).expect_err("Ben hears 1.2").to_string();
    assert!(message.contains("into Ben add up to 1.2"), "{message}");
}

#[test]
fn only_the_same_field_counts() {
    let network = network("client", ["Alder", "Birch", "Birch"], [1.0, 1.0]);
    let graph = Arc::new(network.influence_graph());
    let mut scenario = Scenario {
        contagion: Contagion::Permission(Threshold::Share(1.0)),
        same_field: Some("client".to_owned()),
        ..Scenario::default()
    };
    let model = Model::prepare(&network, Arc::clone(&graph), &scenario).expect("makes sense");
    assert_eq!(model.replicate(&[0], 0).time_of_adoption, [0, NEVER, NEVER]);
    assert_eq!(model.replicate(&[2], 0).time_of_adoption, [NEVER, 1, 0]);

    scenario.same_field = Some("profession".to_owned());
    let message = Model::prepare(&network, graph, &scenario).expect_err("no such column");
    assert!(message.to_string().contains("“profession”; columns to choose from: client"));
}

#[test]
fn people_of_unknown_field_have_no_peers() {
    let network = network("client", ["", "", "Birch"], [1.0, 1.0]);
    let scenario = Scenario { same_field: Some("client".to_owned()), ..Scenario::default() };
    let graph = Arc::new(network.influence_graph());
    let model = Model::prepare(&network, graph, &scenario).expect("makes sense");
    assert_eq!(model.graph().arcs(), 0);
}

#[test]
fn a_column_of_thresholds_is_shares_or_counts() {
    let own = Contagion::Permission(Threshold::PerPerson);
    let times = |column: [&str; 3]| {
        let network = network(fact::THRESHOLD, column, [1.0, 1.0]);
        prepare(&network, own).map(|model| model.replicate(&[0], 0).time_of_adoption)
    };
    // Ben listens to two people, of whom Ada alone adopted; Ada listens to nobody.
    assert_eq!(times(["", "1", "1"]), Ok(vec![0, 1, 2]));
    assert_eq!(times(["", "1", "0.5"]), Ok(vec![0, NEVER, NEVER]), "1 now means everyone");
    assert_eq!(times(["", "50 %", "0,5"]), Ok(vec![0, 1, 2]));
    assert_eq!(times(["", "2", "0"]), Ok(vec![0, 2, 1]), "Cy needs nobody");
    let refused = |column| times(column).expect_err("makes no sense").to_string();
    assert!(refused(["", "", "1"]).contains("1 of the people who listen"));
    assert!(refused(["", "", "1"]).contains("first is Ben"));
    assert!(refused(["", "2.5", "1"]).contains("threshold of Ben is 2.5"));
    assert!(refused(["", "-1", "1"]).contains("threshold of Ben is -1"));
    assert!(refused(["", "some", "1"]).contains("threshold of Ben is “some”"));
}

#[test]
fn a_seed_that_does_not_exist_is_refused() {
    let network = network("client", ["", "", ""], [1.0, 1.0]);
    let model = Arc::new(prepare(&network, Scenario::default().contagion).expect("fine"));
    let refused = Ensemble::new(model, vec![0, 3], false).expect_err("no such");
    assert_eq!(refused, ScenarioError::UnknownSeed { seed: 3, people: 3 });
}

#[test]
fn presence_and_visibility_are_part_of_the_probability() {
    let network = network("client", ["", "", ""], [0.5, 0.5]);
    let scenario = Scenario {
        contagion: Contagion::IndependentCascade(TieProbability::Weighted),
        presence: 0.5,
        visibility: 0.8,
        ..Scenario::default()
    };
    let graph = Arc::new(network.influence_graph());
    let model = Model::prepare(&network, graph, &scenario).expect("makes sense");
    let probability: Vec<f64> = (0..3).map(|arc| model.probability(arc)).collect();
    for (value, expected) in probability.into_iter().zip([0.2, 0.4, 0.2]) {
        assert!((value - expected).abs() < 1e-12);
    }
}

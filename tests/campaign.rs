//! A few hundred cases of the soundness campaign, so that it stays alive between the long runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

#[path = "../benches/campaign/engine/mod.rs"]
mod engine;

use engine::tally::Tally;
use engine::trial::Bench;
use engine::{Plan, run_case};

#[test]
fn the_evaluator_knows_what_is_known() {
    assert_eq!(engine::misjudged(), Vec::<String>::new());
}

#[test]
fn every_row_of_the_table_holds() {
    assert_eq!(engine::false_rows(100), Vec::<String>::new());
}

#[test]
fn no_verdict_is_false() {
    let plan = Plan { seed: 7, seconds: 0.02, samples: 60, offers: 10 };
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..2)
            .map(|part| {
                scope.spawn(move || {
                    let bench = Bench::new(plan.seconds).unwrap();
                    let mut tally = Tally::default();
                    (part..300).step_by(2).for_each(|number| run_case(&plan, &bench, number, &mut tally));
                    tally
                })
            })
            .collect();
        parts.into_iter().for_each(|part| tally.add(part.join().unwrap()));
    });
    let shown: Vec<_> = tally.finds.iter().filter(|find| find.is_false_verdict() || find.kind == "refused").collect();
    assert!(shown.is_empty(), "{shown:#?}");
    // with the bounds among them
    assert_eq!(tally.cases(), 315);
    // a campaign in which nothing is decided, or nothing is forged, shows nothing
    assert!(tally.decided() > 60, "{}", tally.summary());
    assert!(tally.applied.accepted.len() > 20 && tally.offers.readable > 20, "{}", tally.summary());
}

#[test]
fn false_verdicts_would_be_noticed() {
    let plan = Plan { seed: 3, seconds: 0.05, samples: 100, offers: 0 };
    let control = engine::control(&plan, &Bench::new(plan.seconds).unwrap(), 80);
    for noticed in [control.proved, control.refuted] {
        assert!(noticed.wrong > 1 && noticed.wrong > 8 * noticed.missed, "{control:?}");
    }
}

//! The soundness campaign: random claims all the way to verdicts, each judged by an evaluation of its own.
//!
//! Owns: what is done with the case of a number, and the counts. Must not know: command lines. The evaluator
//! ([`evaluate`], [`number`]) shares no code with the checker or the prover.

pub mod attack;
pub mod blocks;
pub mod bounds;
pub mod evaluate;
pub mod expression;
pub mod generate;
pub mod judge;
pub mod number;
pub mod parse;
pub mod place;
pub mod points;
pub mod print;
pub mod random;
pub mod steps;
pub mod tally;
pub mod trial;
pub mod walk;

use boundproof::Specification;
use evaluate::{Meaning, Truth};
use expression::Claim;
use generate::{Case, Label};
use judge::Judgement;
use random::Random;
use tally::Tally;
use trial::{Bench, Spoilt, Trial};

/// How a campaign is made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seed: u64,
    /// The prover's time for each unit.
    pub seconds: f64,
    /// Points at which a proved claim is evaluated.
    pub samples: usize,
    /// Texts offered for a false claim in the place of a certificate.
    pub offers: usize,
}

/// Something that speaks against the checker or the prover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// `false-verdict`, `unsound-rule`, `accepted-forgery`: the checker's; the others are not.
    pub kind: &'static str,
    pub case: u64,
    pub words: String,
    /// The text that shows it.
    pub text: String,
}

impl Find {
    /// Whether it is about what the checker answers for.
    pub fn is_false_verdict(&self) -> bool {
        matches!(self.kind, "false-verdict" | "unsound-rule" | "accepted-forgery" | "label-contradicted")
    }
}

/// Every so many cases is a walk over rules and no claim.
const WALK_EVERY: u64 = 8;
/// Steps that a walk tries.
const WALK_TRIES: usize = 120;

/// Applies rules at random.
pub fn run_walk(plan: &Plan, number: u64, tally: &mut Tally) {
    tally.walks += 1;
    // a stream of its own: other walks leave the claims as they are
    let mut random = Random::stream(!plan.seed, number);
    if let Some(words) = walk::walk(&mut random, WALK_TRIES, &mut tally.applied) {
        tally.found(Find { kind: "unsound-rule", case: number, words, text: String::new() });
    }
}

/// Every so many cases is a bound by a fact, besides the claim.
const BOUND_EVERY: u64 = 20;

/// Takes a bound by a fact all the way.
fn run_bound(plan: &Plan, bench: &Bench, number: u64, tally: &mut Tally) {
    let mut random = Random::stream(plan.seed.rotate_left(32), number);
    let bounded = bounds::bounded(&mut random);
    let text = bounded.text.clone();
    let (kind, words, text) = match bench.trial(&text) {
        Ok(trial) => {
            let word = trial.findings.iter().find(|f| f.unit.name == "t/it").map_or("missing", |f| f.verdict.word());
            tally.count("bounds", word);
            tally.count_steps(&trial.certificate);
            let text = format!("{text}\n{}", trial.certificate);
            match bounds::judge(&bounded, &trial, plan.samples, &mut random) {
                Judgement::Wrong(words) => ("false-verdict", words, text),
                _ if !trial.mishaps.is_empty() => ("prover-defect", trial.mishaps.join("; "), text),
                _ => return,
            }
        }
        Err(Spoilt::Refused(words)) => ("refused", words, text),
        Err(Spoilt::Panicked(words)) => ("panic", words, text),
        Err(Spoilt::Changed(words)) => ("verdict-changed-by-text", words, text),
    };
    tally.found(Find { kind, case: number, words, text });
}

/// Takes the case of that number all the way.
pub fn run_case(plan: &Plan, bench: &Bench, number: u64, tally: &mut Tally) {
    let mut random = Random::stream(plan.seed, number);
    if number.is_multiple_of(WALK_EVERY) {
        run_walk(plan, number, tally);
    }
    if number.is_multiple_of(BOUND_EVERY) {
        run_bound(plan, bench, number, tally);
    }
    let case = generate::case(&mut random);
    let text = print::specification(&case.claim, &mut random);
    match bench.trial(&text) {
        Ok(trial) => judged(plan, bench, number, &case, &text, &trial, &mut random, tally),
        Err(Spoilt::Refused(words)) => {
            tally.count(case.generator, "refused");
            // a domain that is plainly empty is refused; a text that is no specification is the campaign's mistake
            let empty =
                words.starts_with("empty-domain") && !points::Ground::new(&case.claim).is_inhabited(&mut random);
            if !empty {
                tally.found(Find { kind: "refused", case: number, words, text });
            }
        }
        Err(Spoilt::Panicked(words)) => {
            tally.count(case.generator, "panic");
            tally.found(Find { kind: "panic", case: number, words, text });
        }
        Err(Spoilt::Changed(words)) => {
            tally.count(case.generator, "changed");
            tally.found(Find { kind: "verdict-changed-by-text", case: number, words, text });
        }
    }
}

#[allow(clippy::too_many_arguments)] // what a case consists of
fn judged(
    plan: &Plan,
    bench: &Bench,
    number: u64,
    case: &Case,
    text: &str,
    trial: &Trial,
    random: &mut Random,
    tally: &mut Tally,
) {
    let verdict = trial.findings.iter().find(|finding| finding.unit.name == "t/it");
    let word = verdict.map_or("missing", |finding| finding.verdict.word());
    tally.count(case.generator, word);
    tally.count_label(&case.label, word);
    tally.count_steps(&trial.certificate);
    let find = |kind, words| Find { kind, case: number, words, text: format!("{text}\n{}", trial.certificate) };
    for mishap in &trial.mishaps {
        tally.found(find("prover-defect", mishap.clone()));
    }
    match judge::judge(&case.claim, trial, &case.hints, plan.samples, random) {
        Judgement::Right => {}
        Judgement::Open => tally.open += 1,
        Judgement::Odd(words) => {
            tally.odd += 1;
            tally.found(find("odd", words));
        }
        Judgement::Wrong(words) => tally.found(find("false-verdict", words)),
    }
    match (&case.label, word) {
        (Label::FalseAt(point), "proved" | "vacuous") => {
            tally.found(find("false-verdict", format!("{word}, but known to be false at {point}")));
        }
        // the generator or the checker is wrong
        (Label::True, "refuted" | "undefined" | "vacuous") => {
            tally.found(find("label-contradicted", format!("{word}, but true by construction")));
        }
        _ => {}
    }
    if let (Label::FalseAt(_), Some(sibling)) = (&case.label, &case.sibling) {
        forged(plan, bench, number, sibling, text, random, tally);
    }
}

/// Offers what is made of the sibling's certificate for the false claim.
fn forged(
    plan: &Plan,
    bench: &Bench,
    number: u64,
    sibling: &Claim,
    text: &str,
    random: &mut Random,
    tally: &mut Tally,
) {
    if !random.once_in(3) {
        return;
    }
    let other = print::specification(sibling, random);
    let Ok(trial) = bench.trial(&other) else { return };
    let proved = trial.findings.iter().any(|f| f.unit.name == "t/it" && f.verdict.word() == "proved");
    let (Ok(of), Ok(to)) = (Specification::parse("t.spec", &other), Specification::parse("t.spec", text)) else {
        return;
    };
    if !proved {
        return;
    }
    tally.attacked += 1;
    if let Some(forgery) = attack::offer(&of, &trial.certificate, &to, plan.offers, random, &mut tally.offers) {
        let words = "a certificate of another claim is accepted for a false one".to_owned();
        tally.found(Find { kind: "accepted-forgery", case: number, words, text: format!("{text}\n{forgery}") });
    }
}

/// Rows of the table that fail at a point, with the point: there must be none.
pub fn false_rows(samples: usize) -> Vec<String> {
    let mut random = Random::stream(1, 1);
    let mut wrong = Vec::new();
    for row in &generate::table::TABLE {
        let (claim, touches) = generate::theorems::of_row(row);
        let ground = points::Ground::new(&claim);
        for touch in &touches {
            if !ground.is_inside(touch) {
                wrong.push(format!("{}: {touch} lies outside", row.holds));
            }
        }
        if let Some(found) = ground.search(&touches, samples, &mut random) {
            wrong.push(format!("{}: {:?} at {}", row.holds, found.truth, found.point));
        }
    }
    wrong
}

/// Relations on constants that the evaluator does not decide as its own table says: there must be none.
pub fn misjudged() -> Vec<String> {
    let nowhere = expression::Point::default();
    let decided =
        |text: &str| parse::relations(text).iter().map(|r| evaluate::truth(r, &nowhere, Meaning::Partial)).next();
    let wrong = KNOWN.iter().filter(|(text, truth)| decided(text) != Some(*truth));
    wrong.map(|(text, _)| format!("{text}: {:?}", decided(text))).collect()
}

/// Relations between constants, from tables of functions and from docs/spec-language.md.
const KNOWN: [(&str, Truth); 30] = [
    ("0.1 + 0.2 = 0.3", Truth::Holds),
    ("-2^2 = -4", Truth::Holds),
    ("2^3^2 = 512", Truth::Holds),
    ("12/2*3 = 18", Truth::Holds),
    ("7 - 2 - 1 = 4", Truth::Holds),
    ("4^(1/2) = 2", Truth::Holds),
    ("8^(2/3) = 4", Truth::Holds),
    ("0^0 = 1", Truth::Holds),
    ("2^-1 = 1/2", Truth::Holds),
    ("3.14159265358979323846 < pi < 3.2", Truth::Holds),
    ("exp(1) < 2.71828182845904523537", Truth::Holds),
    ("log(2) >= 0.69314718055994530942", Truth::Fails),
    ("log(2) >= 0.69314718055994530941", Truth::Holds),
    ("gamma(1/2)^2 < 3.14159265358979323847", Truth::Holds),
    ("gamma(5) = 24", Truth::Holds),
    ("erf(1) > 0.84270079294971486934", Truth::Holds),
    ("erf(1) > 0.84270079294971486935", Truth::Fails),
    ("normal_tail(1) < 0.15865525393145705142", Truth::Holds),
    ("sin(1) < 0.84147098480789650666", Truth::Holds),
    ("cos(1) > 0.54030230586813971740", Truth::Holds),
    ("atan(1) = pi/4", Truth::Unclear),
    ("floor(-1/2) = -1", Truth::Holds),
    ("ceil(5/2) = 3", Truth::Holds),
    ("binomial(5, 7) = 0", Truth::Holds),
    ("1/0 = 0", Truth::Undefined),
    ("log(0) < 1", Truth::Undefined),
    ("sqrt(-1) < 1", Truth::Undefined),
    ("(-8)^(1/3) < 0", Truth::Undefined),
    ("factorial(1/2) > 0", Truth::Undefined),
    ("sum(i = 0..2, 1/i) > 0", Truth::Undefined),
];

/// How often a wrong verdict would be noticed: the verdicts on true claims, judged as if they were on the false claims
/// made of them, without the point that the generator knows, and the other way round.
#[derive(Clone, Copy, Debug, Default)]
pub struct Control {
    /// "Proved" for a false claim.
    pub proved: Noticed,
    /// "Refuted" for a true claim.
    pub refuted: Noticed,
}

/// What was said of wrong verdicts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Noticed {
    pub wrong: u64,
    /// That the evaluator cannot tell.
    pub open: u64,
    /// That nothing speaks against it.
    pub missed: u64,
}

impl Noticed {
    fn count(&mut self, judgement: &Judgement) {
        match judgement {
            Judgement::Wrong(_) => self.wrong += 1,
            Judgement::Open | Judgement::Odd(_) => self.open += 1,
            Judgement::Right => self.missed += 1,
        }
    }
}

/// The control over the perturbed claims among so many cases.
pub fn control(plan: &Plan, bench: &Bench, cases: u64) -> Control {
    let mut control = Control::default();
    for number in 0..cases {
        let mut random = Random::stream(plan.seed, number);
        let case = generate::perturb::case(&mut random);
        let (Label::FalseAt(_), Some(sibling), None) = (&case.label, &case.sibling, &case.claim.lemma) else {
            continue;
        };
        for (stated, other, word, counts) in [
            (sibling, &case.claim, "proved", &mut control.proved),
            (&case.claim, sibling, "refuted", &mut control.refuted),
        ] {
            let Ok(trial) = bench.trial(&print::specification(stated, &mut random)) else { continue };
            if trial.findings.iter().any(|f| f.unit.name == "t/it" && f.verdict.word() == word) {
                let judgement = judge::judge(other, &trial, &case.hints[1..], plan.samples, &mut random);
                counts.count(&judgement);
            }
        }
    }
    control
}

//! Sweeps: rows against the exact path, and files that do not depend on threads, shards or interruptions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::Specification;
use boundproof::regime::Model;
use boundproof::regime::batch::Flag;
use boundproof::regime::point::decide::{Judge, Truth};
use boundproof::regime::point::enclose::enclosure;
use boundproof::regime::point::region::Precisions;
use boundproof::regime::sweep::Plan;
use boundproof::regime::sweep::grid::Grid;
use boundproof_checker::exact::{Dyadic, Rational};
use boundproof_checker::theorem::definedness::conditions;
use proptest::prelude::*;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::boundproof;

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";
const FIXED: &str = "[fixed]\np = 1e6\nk = 1\nc = 1\nW = 10\nJ = 10\ndelta = 0.01\n";
/// Everything that a kernel computes, and what none does.
const EVERYTHING: &str = "theorem t {
    let x : real > 0   let y : real   let n : nat >= 1
    define a := sqrt(x) + log(x)*exp(-x/(1 + y^2))
    define b := abs(y)^3 - min(x, y, 7) + max(y, 1/x)
    define c := (60*x)^n/(1 + x)^n
    define d := x^(1/3) + x^y
    define e := erf(y) + floor(x)
    define f := log(y - 1)
    assume first: x^2 + y^2 >= 2*x*y
    assume second: n*x >= y, exp(x) > 1
    assume third: sqrt(y + 3) <= x
    claim c1: x > 0
  }";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sweep(plan: &Path, options: &[&str]) -> support::Ran {
    boundproof(root(), &[&["sweep", LAW, "--theorem", "theorem_3", "--plan", plan.to_str().unwrap()], options].concat())
}

fn plan(directory: &Path, axes: &str) -> std::path::PathBuf {
    let path = directory.join("plan.toml");
    std::fs::write(&path, format!("[axes]\n{axes}\n{FIXED}")).unwrap();
    path
}

#[test]
fn a_small_table() {
    let directory = tempfile::tempdir().unwrap();
    let plan = plan(
        directory.path(),
        "d = [784, 3072]\neps = [0.1, \"[0.1, 0.2]\"]\nn = { from = 1e6, to = 1e8, steps = 3, scale = \"log\" }",
    );
    let out = directory.path().join("law.csv");
    let ran = sweep(&plan, &["--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(std::fs::read_to_string(out).unwrap());
}

#[test]
fn files_do_not_depend_on_threads_shards_or_kills() {
    let directory = tempfile::tempdir().unwrap();
    let axes = "d = { from = 100, to = 1000, steps = 4 }\neps = { from = 0.01, to = 0.9, steps = 50 }\nn = { from = 1e4, to = 1e12, steps = 4000, scale = \"log\" }";
    let plan = plan(directory.path(), axes);
    for kind in ["csv", "parquet"] {
        let file = |name: &str| directory.path().join(format!("{name}.{kind}"));
        let written = |name: &str, options: &[&str]| {
            let path = file(name);
            let ran = sweep(&plan, &[&["--out", path.to_str().unwrap()], options].concat());
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            std::fs::read(path).unwrap()
        };
        let start = Instant::now();
        let whole = written("whole", &["--jobs", "2"]);
        let time = start.elapsed();
        assert!(written("threads", &["--jobs", "1"]) == whole);
        assert!(written("more threads", &["--jobs", "7"]) == whole);
        for shard in ["1/3", "2/3", "3/3"] {
            written(&format!("shard{}", &shard[..1]), &["--shard", shard]);
        }
        let (a, b, c, out) = (file("shard1"), file("shard2"), file("shard3"), file("merged"));
        let arguments = [&out, &a, &b, &c].map(|path| path.to_str().unwrap().to_owned());
        let ran = boundproof(root(), &["merge", "--out", &arguments[0], &arguments[1], &arguments[2], &arguments[3]]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(std::fs::read(&out).unwrap() == whole, "{kind}: merged shards differ");
        interrupted(&plan, &file("killed"), time, &whole);
        assert!(std::fs::read(file("killed")).unwrap() == whole, "{kind}: a resumed run differs");
    }
    let left: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".parts-")), "{left:?}");
}

/// Starts the sweep and kills it, at random moments, until it ends by itself. The moments are those of a fixed sequence,
/// in parts of the time that a whole run takes; a run that is killed before it wrote a part has to be followed by a longer one.
fn interrupted(plan: &Path, out: &Path, whole: Duration, expected: &[u8]) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let (mut killed, mut with_parts) = (0u32, 0u32);
    loop {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let thousandths = u32::try_from(state >> 54).unwrap() + 20 * killed;
        let mut command = Command::new(env!("CARGO_BIN_EXE_boundproof"));
        command
            .current_dir(root())
            .args(["sweep", LAW, "--theorem", "theorem_3", "--jobs", "2", "--plan"])
            .arg(plan)
            .arg("--out")
            .arg(out);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * thousandths / 5_000);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        // SIGKILL
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        // killed after the last rename, before its end
        assert!(!out.exists() || std::fs::read(out).unwrap() == expected, "a run that was killed left another file");
        let beside = |entry: std::io::Result<std::fs::DirEntry>| {
            let path = entry.unwrap().path();
            let parts = path.to_string_lossy().starts_with(&format!("{}.parts-", out.display()));
            parts && std::fs::read_dir(path).unwrap().next().is_some()
        };
        with_parts += u32::from(std::fs::read_dir(out.parent().unwrap()).unwrap().any(beside));
    }
    assert!(killed >= 3 && with_parts >= 1, "{killed} kills, {with_parts} with parts written: nothing was tested");
}

#[test]
fn plans_are_refused_with_their_place() {
    let directory = tempfile::tempdir().unwrap();
    let cases = [
        ("n = [1.5]\nd = [1]\neps = [0.5]", "value-outside-domain"),
        ("n = [5]\nd = [1]\neps = [0.5, 1]", "value-outside-domain"),
        ("n = [5]\nd = [1]", "missing-parameter"),
        ("n = { from = 5, to = 1, steps = 3 }", "bad-value"),
        ("n = { from = 0, to = 1, steps = 3, scale = \"log\" }", "from must be positive"),
        ("n = 5", "an axis is a list"),
        ("p = [5]\nn = [5]\nd = [1]\neps = [0.5]", "`p` is given twice"),
        ("m = [5]\nn = [5]\nd = [1]\neps = [0.5]", "unknown-parameter"),
    ];
    for (axes, wanted) in cases {
        let ran = sweep(&plan(directory.path(), axes), &[]);
        assert_eq!(ran.code, Some(2), "{axes}: {}", ran.out);
        assert!(ran.err.contains(wanted), "{axes}: {}", ran.err);
    }
}

/// A double of any size, as a decimal.
fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => (-300i32..300, 1u32..1000).prop_map(|(e, m)| f64::from(m) * 10f64.powi(e)),
        3 => 0.001f64..100.0,
        1 => proptest::sample::select(vec![5e-324, 1e-310, 1e-308, 1.0, 2.0, 1e308, 0.5, 4.0]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Every row says what the exact path says: flags the same, enclosures around its enclosures.
    #[test]
    fn rows_agree_with_the_exact_path(
        xs in proptest::collection::vec(positive(), 1..4),
        ys in proptest::collection::vec((positive(), any::<bool>()), 1..70),
        n in 1u32..400,
    ) {
        let specification = Specification::parse("t.spec", EVERYTHING).unwrap();
        let model = Model::of(&specification, None).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("plan.toml");
        let list = |values: Vec<String>| values.join(", ");
        let xs = list(xs.iter().map(|x| format!("{x:e}")).collect());
        let ys = list(ys.iter().map(|(y, negative)| format!("{}{y:e}", if *negative { "-" } else { "" })).collect());
        std::fs::write(&path, format!("[axes]\nx = [{xs}]\ny = [{ys}]\n[fixed]\nn = {n}\n")).unwrap();
        let plan = Plan::read(&path, &model, "").unwrap();
        let grid = Grid::new(&plan, &model).unwrap();
        let count = plan.rows().unwrap();
        let mut worker = grid.worker();
        let rows = grid.rows(&mut worker, 0, count);
        let precisions = Precisions::default();
        let judge = Judge { context: &model.context, precisions: &precisions, bits: (128, 4096) };
        let precision = precisions.of(192);
        for row in 0..count {
            let region = grid.region(row);
            let at = usize::try_from(row).unwrap();
            for (assumption, column) in model.assumptions.iter().zip(&rows.flags) {
                let truths: Vec<Truth> = assumption.relations.iter().map(|r| judge.judge(r, &region)).collect();
                let wanted = if truths.iter().any(|t| matches!(t, Truth::Fails | Truth::Undefined(_))) {
                    Flag::NotMet
                } else if truths.iter().all(|t| *t == Truth::Holds) {
                    Flag::Met
                } else {
                    Flag::Undecided
                };
                prop_assert_eq!(column[at], wanted, "{} at {:?}", &assumption.name, &region);
            }
            for (number, defined) in model.defines.iter().enumerate() {
                let (low, high) = (rows.lower[number][at], rows.upper[number][at]);
                let exact = enclosure(&defined.term, &region, model.variables(), &precision);
                let Some(exact) = exact else {
                    // the exact path has no enclosure of huge powers; what a block encloses must be defined all the same
                    let defined_there = conditions(&defined.term, &model.context).iter().all(|c| judge.judge(c, &region) == Truth::Holds);
                    prop_assert!(low.is_nan() || defined_there, "{} at {:?}", &defined.name, &region);
                    continue;
                };
                prop_assert!(!low.is_nan(), "{} at {:?}", &defined.name, &region);
                let end = |x: Option<&Dyadic>| x.and_then(Dyadic::to_rational);
                if let (Some(a), Some(low)) = (end(exact.upper_value()), Rational::from_float(low)) {
                    prop_assert!(low <= a, "{} at {:?}", &defined.name, &region);
                }
                if let (Some(b), Some(high)) = (end(exact.lower_value()), Rational::from_float(high)) {
                    prop_assert!(b <= high, "{} at {:?}", &defined.name, &region);
                }
            }
        }
    }
}

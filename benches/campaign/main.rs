//! `cargo bench --bench campaign -- --count 100000 --seed 1`: the soundness campaign.
//!
//! Owns: the command line, threads, progress, files of what was found. Cases are numbered: `--from` and `--count` take a
//! part of them, `--shard 1/4` every fourth, and each gives the same claim on every machine. The exit code is 1 if a
//! verdict is false.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a bench stops by panicking
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod engine;

use clap::Parser;
use engine::tally::Tally;
use engine::trial::Bench;
use engine::{Plan, run_case, run_walk};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Random and perturbed claims, each taken all the way and judged by an evaluation of its own.
#[derive(Parser)]
struct Options {
    /// How many cases.
    #[arg(long, default_value_t = 2_000)]
    count: u64,
    /// The number of the first case.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// The seed: another one gives other cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The prover's time for each unit.
    #[arg(long, default_value_t = 0.05)]
    seconds_per_claim: f64,
    /// Points at which a proved claim is evaluated.
    #[arg(long, default_value_t = 120)]
    samples: usize,
    /// Forged certificates for each false claim that gets any.
    #[arg(long, default_value_t = 40)]
    offers: usize,
    /// Takes only every n-th case: `1/4`, `2/4`, …
    #[arg(long, default_value = "1/1")]
    shard: String,
    /// Threads.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Where texts are kept that show something.
    #[arg(long, default_value = "target/campaign")]
    out: PathBuf,
    /// Makes no claims, only walks over the rules.
    #[arg(long)]
    walks: bool,
    /// Only judges verdicts that belong to other claims, and tells how many of them are noticed.
    #[arg(long)]
    control: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A case that takes longer is named: the prover went beyond its time, or the evaluator is slow.
const SLOW: Duration = Duration::from_secs(2);

fn shard(text: &str) -> Option<(u64, u64)> {
    let (part, parts) = text.split_once('/')?;
    let (part, parts): (u64, u64) = (part.parse().ok()?, parts.parse().ok()?);
    (1..=parts).contains(&part).then_some((part, parts))
}

fn main() -> ExitCode {
    let options = Options::parse();
    let Some((part, parts)) = shard(&options.shard) else {
        eprintln!("--shard takes k/n with 1 <= k <= n");
        return ExitCode::from(2);
    };
    let plan = Plan {
        seed: options.seed,
        seconds: options.seconds_per_claim,
        samples: options.samples,
        offers: options.offers,
    };
    // a panic of the prover is an outcome, reported with its claim
    std::panic::set_hook(Box::new(|_| {}));
    let wrong = [engine::misjudged(), engine::false_rows(40)].concat();
    if !wrong.is_empty() {
        eprintln!("the campaign itself is wrong:\n{}", wrong.join("\n"));
        return ExitCode::from(2);
    }
    if options.control {
        let bench = Bench::new(plan.seconds).expect("there are threads");
        println!("{:?}", engine::control(&plan, &bench, options.count));
        return ExitCode::SUCCESS;
    }
    let start = Instant::now();
    let (next, done) = (AtomicU64::new(options.from), AtomicU64::new(0));
    let (end, whole) = (options.from + options.count, Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            scope.spawn(|| {
                let bench = Bench::new(plan.seconds).expect("there are threads");
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        break;
                    }
                    if number % parts != part - 1 {
                        continue;
                    }
                    let (mut tally, begin) = (Tally::default(), Instant::now());
                    if options.walks {
                        run_walk(&plan, number, &mut tally);
                    } else {
                        run_case(&plan, &bench, number, &mut tally);
                    }
                    if begin.elapsed() > SLOW {
                        eprintln!("case {number} took {:.1} s", begin.elapsed().as_secs_f64());
                    }
                    keep(&options.out, options.seed, &tally);
                    whole.lock().expect("no thread panicked").add(tally);
                    let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if count % 1_000 == 0 {
                        progress(&whole, number, start.elapsed());
                    }
                }
            });
        }
    });
    let tally = whole.into_inner().expect("no thread panicked");
    let seconds = start.elapsed().as_secs_f64();
    println!("{}", tally.summary());
    println!("{seconds:.0} s, {:.1} claims a second, seed {}", tally.cases() as f64 / seconds, options.seed);
    ExitCode::from(u8::from(tally.false_verdicts() > 0))
}

fn progress(whole: &Mutex<Tally>, number: u64, time: Duration) {
    let tally = whole.lock().expect("no thread panicked");
    let rate = tally.cases() as f64 / time.as_secs_f64();
    let decided = 100.0 * tally.decided() as f64 / tally.cases().max(1) as f64;
    eprintln!(
        "case {number}: {} claims, {rate:.0} a second, {decided:.0} % decided, {} false verdicts, found {:?}",
        tally.cases(),
        tally.false_verdicts(),
        tally.kinds
    );
}

/// Prints what speaks against the checker, and writes every find to a file of its own.
fn keep(out: &std::path::Path, seed: u64, tally: &Tally) {
    for find in &tally.finds {
        if find.is_false_verdict() {
            println!("{}: case {}: {}\n{}", find.kind, find.case, find.words, find.text);
        }
        let folder = out.join(find.kind);
        let file = folder.join(format!("seed{seed}-case{}.txt", find.case));
        let text = format!("# {}\n{}\n", find.words.replace('\n', "\n# "), find.text);
        if std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, text)).is_err() {
            eprintln!("{} cannot be written", file.display());
        }
    }
}

//! The command line.
//!
//! Owns: commands, options and their help, exit codes. Must not know: how anything is decided.

mod certificate;
mod check;
mod eval;
mod experiment;
mod explain;
mod export;
mod locked;
mod network;
mod output;
mod plot;
mod report;
mod solve;
mod split;
mod sweep;
mod tighten;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

const EXAMPLES: &str = "Examples:
  boundproof check specs/                 prove or refute every claim, write certificates to proofs/
  boundproof check specs/ --locked        replay proofs/ with the checker; fail if anything has changed
  boundproof recheck a.spec a.cert        what the checker alone says of a certificate
  boundproof tighten a.spec --literal 60  the best number that can stand there
  boundproof export smt2 a.spec           a claim as a question for Z3, cvc5 and others
  boundproof explain empty-domain         what an error means and how to mend it

Exit codes: 0 everything is as expected, 1 something is not, 2 bad input or usage.";

const CHECK_EXAMPLES: &str = "Examples:
  boundproof check specs/
  boundproof check specs/paper/lemma.spec --time-limit 60
  boundproof check specs/ --format json > report.json
  boundproof check draft.spec --proofs /tmp/proofs

The certificate of specs/a/b.spec is proofs/a/b.cert, and proofs/LEDGER lists all verdicts. An interrupted run goes on
where it stopped: answers that the checker accepts are kept. A file that is not below a directory called `specs` leaves
nothing behind unless --proofs says where.

Exit codes: 0 everything is as expected, 1 something is not, 2 bad input or usage.";

const EVAL_EXAMPLES: &str = "Examples:
  boundproof eval examples/first.spec --at n=200 eps=0.1 delta=0.05
  boundproof eval law.spec --theorem theorem_3 --at mnist.toml p='[1e6, 2e6]' --digits 12
  boundproof eval law.spec --theorem theorem_3 --at mnist.toml --certify mnist_law.spec && recheck mnist_law.spec mnist_law.cert

A value is a decimal, a fraction, a constant expression (28*28, 2^30) or an interval [a, b]. A TOML file has one
`name = value` for each parameter. `…` stands after digits that are certain.

Exit codes: 0 the theorem applies, 1 it does not, or to a part of the values only, 2 bad input or usage.";

const SOLVE_EXAMPLES: &str = "Examples:
  boundproof solve examples/first.spec --for n --at eps=0.1 delta=0.05
  boundproof solve law.spec --theorem theorem_3 --for eps --condition few_components --at mnist.toml
  boundproof solve law.spec --theorem theorem_3 --for n --condition 'threshold >= 1' --at mnist.toml

The condition must hold for all values of parameters that are given as intervals. Natural numbers are exact; real ones
are certified to the digits that are printed.

Exit codes: 0 solved, 1 unreachable or a part was not decided, 2 bad input or usage.";

const SWEEP_EXAMPLES: &str = "Examples:
  boundproof sweep law.spec --theorem theorem_3 --plan plan.toml --out law.parquet
  boundproof sweep law.spec --theorem theorem_3 --plan plan.toml                      a summary only
  boundproof sweep law.spec --theorem theorem_3 --plan plan.toml --shard 2/8 --out shard-2.parquet
  boundproof sweep law.spec --theorem theorem_3 --table regimes.csv --at k=1 c=1 --out law.csv

A plan is a TOML file:
  [axes]
  n   = { from = 1e4, to = 1e9, steps = 200, scale = \"log\" }
  eps = [0.05, 0.1, 0.2]
  [fixed]
  d = 784

The last axis moves fastest. A table has a column for each parameter that varies; a cell of CSV is a value as for --at, Parquet has
columns of float64, int64 or text, and x_lower with x_upper for intervals. The file that is written has its columns, then ours. A run that was interrupted goes on where it stopped; what is written is the same.

Exit codes: 0 done, 2 bad input or usage.";

const REPORT_EXAMPLES: &str = "Examples:
  boundproof report specs/paper/ --claims 60 --out docs/errata/paper.md
  boundproof report specs/paper/ --claims 60 --words specs/paper/claims.md --out docs/errata/paper.md
  boundproof report specs/paper/ --format html --out paper.html

The page is grouped by the number in `ref \"claim 33, p. 7\"`. The directories below the paths are readings of the source; the
first one, or --text, is the text as printed, and the others are listed where they state the same claim.

Exit codes: 0 written, 2 bad input or usage.";

const TIGHTEN_EXAMPLES: &str = "Examples:
  boundproof tighten net.spec --claim ratio --literal 60              the least number that can stand there
  boundproof tighten law.spec --claim total --literal '8^3@2'         the second of several places; '8^3@all' for all
  boundproof tighten draft.spec --claim tail --vary C --digits 8      a variable or a definition
  boundproof tighten net.spec --claim ratio --literal 60 --certify best.spec && recheck best.spec best.cert
  boundproof tighten split.spec                                       what a theorem declares `free`, for its objective
  boundproof tighten split.spec --along A=256,512,1024 --format csv   a trade-off, a proof for each point
  boundproof tighten split.spec --free a,b,phi,B --minimise B         the same for variables of any theorem

The answer is a bracket: the claim is proved for the whole domain at one value and refuted by an exact point at the other,
both by the checker. Where the two do not meet, the gap is printed. A number is `tight` if it is the best one, `loose` if
a better one is proved, `wrong` if the claim is refuted as it is written.

Exit codes: 0 the best value is known to the digits asked for, 1 it is not, or the claim is wrong, 2 bad input or usage.";

/// Verifies the explicit constants of theorems
#[derive(Parser)]
#[command(name = "boundproof", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prove or refute every claim of specifications
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Replay one certificate with the checker alone
    #[command(after_help = "The same as the program `recheck`, which is built from the checker alone.

Exit codes: 0 every unit is decided and as expected, 1 one is not, 2 bad input.")]
    Recheck {
        /// The specification
        spec: PathBuf,
        /// The certificate
        cert: PathBuf,
    },
    /// Explain a code that a message carries in brackets; without one, list the codes
    Explain {
        /// The code, such as `empty-domain`
        code: Option<String>,
    },
    /// Print the certificate of a specification, with what each proof shows
    Certificate {
        /// The specification
        spec: PathBuf,
        /// Only this unit: `theorem` for its assumptions, or `theorem/item`
        #[arg(long, value_name = "NAME")]
        unit: Option<String>,
        /// Where certificates are kept [default: proofs/ beside the nearest specs/]
        #[arg(long, value_name = "DIR")]
        proofs: Option<PathBuf>,
    },
    /// Write claims and certificates in the languages of other tools
    #[command(subcommand)]
    Export(export::Export),
    /// What a theorem says at concrete parameters: assumptions met or not, every quantity enclosed
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(Eval),
    /// For which values of one parameter a condition holds, the others fixed or in intervals
    #[command(after_help = SOLVE_EXAMPLES)]
    Solve(Solve),
    /// The best value of a constant in a claim: proved on one side, refuted on the other
    #[command(after_help = TIGHTEN_EXAMPLES)]
    Tighten(Tighten),
    /// A page for the authors of a source: what was found of each numbered claim
    #[command(after_help = REPORT_EXAMPLES)]
    Report(Report),
    /// A theorem over a grid of regimes, to CSV or Parquet
    #[command(after_help = SWEEP_EXAMPLES)]
    Sweep(Sweep),
    /// Join the files of the shards of a sweep
    #[command(after_help = "Example:
  boundproof merge --out law.parquet shard-1.parquet shard-2.parquet

Exit codes: 0 written, 2 bad input or usage.")]
    Merge {
        /// The files, in the order of their shards
        #[arg(required = true)]
        shards: Vec<PathBuf>,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Pictures of a sweep: phase diagrams, curves with certified bands, trade-offs; SVG and PNG
    #[command(after_help = plot::EXAMPLES)]
    Plot(plot::Plot),
    /// How often Theorem 2's event happens in simulations, beside the certified bound
    #[command(after_help = experiment::EXAMPLES)]
    Experiment(experiment::Experiment),
    /// What the law of robustness needs of a network: p, Q, D, J, certified norms of its weights
    #[command(after_help = network::EXAMPLES)]
    Network(network::Network),
    /// Print a completion script
    #[command(after_help = "Example:
  boundproof completions bash > ~/.local/share/bash-completion/completions/boundproof")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// The options of `check`.
#[derive(clap::Args)]
struct Check {
    /// Specifications, or directories of them
    #[arg(default_value = "specs")]
    paths: Vec<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many threads [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// The time for one claim
    #[arg(long, value_name = "SECS", default_value = "20", value_parser = seconds)]
    time_limit: std::time::Duration,
    /// Search nothing: replay the certificates and fail if a verdict, a statement or the ledger has changed
    #[arg(long, conflicts_with_all = ["fresh", "time_limit"])]
    locked: bool,
    /// Search everything, also what a certificate already decides
    #[arg(long)]
    fresh: bool,
    /// Where certificates are kept [default: proofs/ beside the nearest specs/]
    #[arg(long, value_name = "DIR")]
    proofs: Option<PathBuf>,
    /// Leave certificates and ledger as they are
    #[arg(long)]
    no_write: bool,
    /// Whether times are shown (auto: in text, not in json)
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    timing: When,
}

/// Which theorem at which parameters.
#[derive(clap::Args)]
struct Where {
    /// The specification
    spec: PathBuf,
    /// The theorem [default: the only one]
    #[arg(long, value_name = "NAME")]
    theorem: Option<String>,
    /// Values of the parameters: `name=value`, or TOML files
    #[arg(long, value_name = "REGIME", num_args = 1..)]
    at: Vec<String>,
}

/// The options of `eval`.
#[derive(clap::Args)]
struct Eval {
    #[command(flatten)]
    place: Where,
    /// How many digits of each number
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u32).range(1..=1000))]
    digits: u32,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the answer as a specification to FILE, and its certificate beside it
    #[arg(long, value_name = "FILE")]
    certify: Option<PathBuf>,
    /// The time for one claim of the certificate
    #[arg(long, value_name = "SECS", default_value = "20", value_parser = seconds, requires = "certify")]
    time_limit: std::time::Duration,
}

/// The options of `solve`.
#[derive(clap::Args)]
struct Solve {
    #[command(flatten)]
    place: Where,
    /// The parameter
    #[arg(long = "for", value_name = "NAME")]
    parameter: String,
    /// An assumption or claim, or a relation in variables and definitions [default: all assumptions]
    #[arg(long, value_name = "NAME")]
    condition: Option<String>,
    /// How many digits of a real number
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u32).range(1..=200))]
    digits: u32,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the answer as a specification to FILE, and its certificate beside it
    #[arg(long, value_name = "FILE")]
    certify: Option<PathBuf>,
    /// The time for what only the prover can show, and for one claim of the certificate
    #[arg(long, value_name = "SECS", default_value = "20", value_parser = seconds)]
    time_limit: std::time::Duration,
}

/// The options of `report`.
#[derive(clap::Args)]
struct Report {
    /// Specifications, or directories of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The directory that has the text as printed [default: the first one]
    #[arg(long, value_name = "NAME")]
    text: Option<String>,
    /// How many numbered claims the source makes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    claims: Option<u32>,
    /// What the source claims, in its words: a text with numbered lines, `33. The net has at most ... points`
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// The title of the page
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The form of the page
    #[arg(long, value_enum, default_value_t = PageFormat::Markdown)]
    format: PageFormat,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where certificates are kept [default: proofs/ beside the nearest specs/]
    #[arg(long, value_name = "DIR")]
    proofs: Option<PathBuf>,
}

/// The options of `tighten`.
#[derive(clap::Args)]
struct Tighten {
    /// The specification
    spec: PathBuf,
    /// The claim or bound, `theorem/item` or `item` [default: the only one]
    #[arg(long, value_name = "NAME")]
    claim: Option<String>,
    /// A number as it is written, `8^3`; where it stands in several places, `8^3@2`, `8^3@1,3` or `8^3@all`
    #[arg(long, value_name = "NUMBER")]
    literal: Vec<String>,
    /// A variable or definition
    #[arg(long, value_name = "NAME")]
    vary: Vec<String>,
    /// Only the smallest value that works
    #[arg(long, conflicts_with = "largest")]
    smallest: bool,
    /// Only the largest value that works
    #[arg(long)]
    largest: bool,
    /// How many digits
    #[arg(long, value_name = "N", default_value = "6", value_parser = clap::value_parser!(u32).range(1..=12))]
    digits: u32,
    /// Only values between these [default: up to a factor of 10^6 from the printed one]
    #[arg(long, value_name = "LOW,HIGH", value_parser = tighten::interval, allow_hyphen_values = true)]
    between: Option<(f64, f64)>,
    /// The time for one constant
    #[arg(long, value_name = "SECS", default_value = "10", value_parser = seconds)]
    time_limit: std::time::Duration,
    /// Variables of the theorem that may be chosen, to make an objective least or greatest [default: what it declares `free`]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with_all = ["literal", "vary", "claim"])]
    free: Vec<String>,
    /// What the free variables are to make least: an expression in them [default: the theorem's objective]
    #[arg(long, value_name = "EXPRESSION", conflicts_with_all = ["literal", "vary", "claim", "maximise"], alias = "minimize")]
    minimise: Option<String>,
    /// What they are to make greatest
    #[arg(long, value_name = "EXPRESSION", conflicts_with_all = ["literal", "vary", "claim"], alias = "maximize")]
    maximise: Option<String>,
    /// A curve: the values of one more variable, `A=256,512` or `A=256..1024/4`
    #[arg(long, value_name = "NAME=VALUES", conflicts_with_all = ["literal", "vary", "claim"])]
    along: Option<String>,
    /// The theorem whose free variables are chosen [default: the only one, or the only one that declares some]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["literal", "vary", "claim"])]
    theorem: Option<String>,
    /// How the answer is printed (csv: a curve)
    #[arg(long, value_enum, default_value_t = CurveFormat::Text)]
    format: CurveFormat,
    /// Write the claim at the values found as a specification to FILE, and its certificate beside it
    #[arg(long, value_name = "FILE")]
    certify: Option<PathBuf>,
}

/// The options of `sweep`.
#[derive(clap::Args)]
struct Sweep {
    /// The specification
    spec: PathBuf,
    /// The theorem [default: the only one]
    #[arg(long, value_name = "NAME")]
    theorem: Option<String>,
    /// The axes and the fixed values
    #[arg(long, value_name = "FILE", required_unless_present = "table")]
    plan: Option<PathBuf>,
    /// The regimes, instead of axes: a .csv or .parquet file with a column for each parameter that varies
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// Fixed values, in the place of those in the plan: name=value, or TOML files
    #[arg(long, value_name = "REGIME", num_args = 1..)]
    at: Vec<String>,
    /// The file to write, .csv or .parquet [default: none, a summary only]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only this part of the rows
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<crate::regime::sweep::run::Shard>,
    /// How many threads [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

fn shard(text: &str) -> Result<crate::regime::sweep::run::Shard, String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    match parts {
        Some((number, of)) if 1 <= number && number <= of => Ok(crate::regime::sweep::run::Shard { number, of }),
        _ => Err("I/N with 1 <= I <= N is needed".into()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One document, described in docs/report-format.md
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CurveFormat {
    /// Lines for people
    Text,
    /// One document, described in docs/tighten.md
    Json,
    /// Comma-separated values, a line a point
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    /// For GitHub and its like
    Markdown,
    /// For a browser
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

fn seconds(text: &str) -> Result<std::time::Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is needed".to_owned())?;
    if !(0.0..=1e6).contains(&seconds) {
        return Err("a number of seconds between 0 and 1000000 is needed".into());
    }
    Ok(std::time::Duration::from_secs_f64(seconds))
}

/// Runs the command line and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let worker = std::thread::Builder::new().stack_size(crate::audit::STACK_BYTES).name("main".into());
    match worker.spawn(move || command(arguments.command)).map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(_)) => {
            eprintln!("error: this is a defect of boundproof; nothing that it has not printed was verified");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("error: cannot start a thread: {error}");
            ExitCode::from(2)
        }
    }
}

fn command(command: Command) -> u8 {
    silence_prover_panics();
    match command {
        Command::Check(check) => check::check(&check),
        Command::Recheck { spec, cert } => recheck(&spec, &cert),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Certificate { spec, unit, proofs } => {
            certificate::certificate(&spec, unit.as_deref(), proofs.as_deref())
        }
        Command::Export(export) => export::export(&export),
        Command::Eval(options) => eval::eval(&options),
        Command::Solve(options) => solve::solve(&options),
        Command::Tighten(options) if split::is_meant(&options) => split::split(&options),
        Command::Tighten(options) => tighten::tighten(&options),
        Command::Report(options) => report::report(&options),
        Command::Sweep(options) => sweep::sweep(&options),
        Command::Merge { shards, out } => sweep::merge(&out, &shards),
        Command::Plot(options) => plot::plot(&options),
        Command::Experiment(options) => experiment::experiment(&options),
        Command::Network(options) => network::network(&options),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "boundproof", &mut script);
            output::print(&String::from_utf8_lossy(&script));
            0
        }
    }
}

fn recheck(spec: &std::path::Path, cert: &std::path::Path) -> u8 {
    match boundproof_checker::recheck::recheck(spec, cert) {
        Ok(replayed) => {
            output::print(&replayed.lines);
            u8::from(!replayed.all_well)
        }
        Err(lines) => {
            eprintln!("{}", lines.join("\n"));
            2
        }
    }
}

/// A panic of the prover is reported as the outcome of its unit, not in between.
fn silence_prover_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::audit::is_searching() {
            usual(panic);
        }
    }));
}

//! The program `boundproof`. Owns nothing: see [`boundproof::cli`].

fn main() -> std::process::ExitCode {
    boundproof::cli::run()
}

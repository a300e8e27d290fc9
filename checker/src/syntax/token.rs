//! The words and signs of the language.
//!
//! Owns: the token kinds, the reserved words, the spelling of Greek letters. Must not know: in which order tokens make
//! sense.

use super::ast::{RelationSymbol, Span};

/// A token: what it is and where it is. Its text is the text at its span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
    /// Whether only white space and comments precede it on its line.
    pub first_on_line: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An identifier that is not reserved.
    Name,
    /// A reserved word (or a sign that stands for one: `∈`, `∞`, `∧`, `∑`, `∏`, `ℕ`, `ℝ`).
    Keyword(Keyword),
    /// A decimal literal without a sign: `2`, `0.25`, `1e-7`.
    Number,
    /// A text in double quotes.
    Text,
    /// A raised integer: `²`, `⁻¹`.
    Superscript,
    /// `<=` and its like.
    Relation(RelationSymbol),
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `⌊`
    LeftFloor,
    /// `⌋`
    RightFloor,
    /// `⌈`
    LeftCeiling,
    /// `⌉`
    RightCeiling,
    /// `|`
    Bar,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `:=`
    Define,
    /// `.`
    Dot,
    /// `..`
    DotDot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `^` or `**`
    Caret,
    /// `√`
    Root,
    /// `!`
    Bang,
    /// `@`
    AtSign,
    /// `∀`
    ForAll,
    /// Something unreadable, already reported.
    Bad,
    /// The end of the text.
    End,
}

impl TokenKind {
    /// How the kind is called in a message: its spelling in backquotes where it has one.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Keyword(word) => word.quoted(),
            Self::Number => "a number",
            Self::Text => "a text in quotes",
            Self::Superscript => "a superscript",
            Self::Relation(RelationSymbol::LessEqual) => "`<=`",
            Self::Relation(RelationSymbol::Less) => "`<`",
            Self::Relation(RelationSymbol::GreaterEqual) => "`>=`",
            Self::Relation(RelationSymbol::Greater) => "`>`",
            Self::Relation(RelationSymbol::Equal) => "`=`",
            Self::Relation(RelationSymbol::NotEqual) => "`!=`",
            Self::LeftParen => "`(`",
            Self::RightParen => "`)`",
            Self::LeftBracket => "`[`",
            Self::RightBracket => "`]`",
            Self::LeftBrace => "`{`",
            Self::RightBrace => "`}`",
            Self::LeftFloor => "`⌊`",
            Self::RightFloor => "`⌋`",
            Self::LeftCeiling => "`⌈`",
            Self::RightCeiling => "`⌉`",
            Self::Bar => "`|`",
            Self::Comma => "`,`",
            Self::Semicolon => "`;`",
            Self::Colon => "`:`",
            Self::Define => "`:=`",
            Self::Dot => "`.`",
            Self::DotDot => "`..`",
            Self::Plus => "`+`",
            Self::Minus => "`-`",
            Self::Star => "`*`",
            Self::Slash => "`/`",
            Self::Caret => "`^`",
            Self::Root => "`√`",
            Self::Bang => "`!`",
            Self::AtSign => "`@`",
            Self::ForAll => "`∀`",
            Self::Bad => "something unreadable",
            Self::End => "the end of the text",
        }
    }

    /// Whether an expression may begin with it, `-` and `|` aside (those may also follow an expression).
    pub(super) fn begins_operand(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Number
                | Self::LeftParen
                | Self::LeftFloor
                | Self::LeftCeiling
                | Self::Root
                | Self::Keyword(Keyword::Sum | Keyword::Product | Keyword::Infinity)
        )
    }
}

macro_rules! keywords {
    ($($variant:ident $word:literal)*) => {
        /// A reserved word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Keyword {
            $(#[doc = concat!("`", $word, "`")] $variant,)*
        }

        impl Keyword {
            /// Every reserved word.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word. `oo` also goes by `infinity`, `minimise` and `maximise` by their other spellings.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The word in backquotes.
            #[must_use]
            pub fn quoted(self) -> &'static str {
                match self { $(Self::$variant => concat!("`", $word, "`"),)* }
            }

            /// The reserved word so spelled.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    "infinity" => Some(Self::Infinity),
                    "minimize" => Some(Self::Minimise),
                    "maximize" => Some(Self::Maximise),
                    _ => None,
                }
            }
        }
    };
}

keywords! {
    Source "source" Use "use" Fact "fact" Theorem "theorem"
    Let "let" Free "free" Minimise "minimise" Maximise "maximise" Random "random" Distribution "distribution" Define "define" Assume "assume" Model "model" Suppose "suppose"
    Bound "bound" Claim "claim" Note "note"
    Proof "proof" End "end" From "from" By "by" Using "using"
    Ref "ref" Expect "expect" At "at" Requires "requires" Value "value"
    Real "real" Nat "nat" In "in" For "for" All "all" Where "where" And "and"
    Sum "sum" Product "product" Union "union" Infinity "oo"
}

impl Keyword {
    /// Whether a top-level item begins with it.
    #[must_use]
    pub fn begins_item(self) -> bool {
        matches!(self, Self::Source | Self::Use | Self::Fact | Self::Theorem)
    }

    /// Whether a statement within a theorem begins with it. (`random` also stands in the parameters of a fact.)
    #[must_use]
    pub fn begins_statement(self) -> bool {
        matches!(
            self,
            Self::Let
                | Self::Free
                | Self::Minimise
                | Self::Maximise
                | Self::Random
                | Self::Distribution
                | Self::Define
                | Self::Assume
                | Self::Model
                | Self::Suppose
                | Self::Bound
                | Self::Claim
                | Self::Note
        )
    }
}

/// The spelled-out name of a Greek (or Greek-like) letter that may stand in identifiers.
///
/// Variants of one letter (`ε` and `ϵ`) have one name. Capitals that look like Latin letters have none.
#[must_use]
pub fn greek_name(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' => "alpha",
        'β' | 'ϐ' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'ε' | 'ϵ' => "eps",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' | 'ϑ' => "theta",
        'ι' => "iota",
        'κ' | 'ϰ' => "kappa",
        'λ' => "lambda",
        'μ' | 'µ' => "mu",
        'ν' => "nu",
        'ξ' => "xi",
        'π' => "pi",
        'ρ' | 'ϱ' => "rho",
        'σ' | 'ς' => "sigma",
        'τ' => "tau",
        'υ' => "upsilon",
        'φ' | 'ϕ' => "phi",
        'χ' => "chi",
        'ψ' => "psi",
        'ω' => "omega",
        'Γ' => "Gamma",
        'Δ' => "Delta",
        'Θ' | 'ϴ' => "Theta",
        'Λ' => "Lambda",
        'Ξ' => "Xi",
        'Π' => "Pi",
        'Σ' => "Sigma",
        'Υ' | 'ϒ' => "Upsilon",
        'Φ' => "Phi",
        'Ψ' => "Psi",
        'Ω' => "Omega",
        'ℓ' => "ell",
        _ => return None,
    })
}

/// The plain letter or digit of a subscript.
#[must_use]
pub fn subscript_plain(letter: char) -> Option<char> {
    Some(match letter {
        '₀' => '0',
        '₁' => '1',
        '₂' => '2',
        '₃' => '3',
        '₄' => '4',
        '₅' => '5',
        '₆' => '6',
        '₇' => '7',
        '₈' => '8',
        '₉' => '9',
        'ₐ' => 'a',
        'ₑ' => 'e',
        'ₕ' => 'h',
        'ᵢ' => 'i',
        'ⱼ' => 'j',
        'ₖ' => 'k',
        'ₗ' => 'l',
        'ₘ' => 'm',
        'ₙ' => 'n',
        'ₒ' => 'o',
        'ₚ' => 'p',
        'ᵣ' => 'r',
        'ₛ' => 's',
        'ₜ' => 't',
        'ᵤ' => 'u',
        'ᵥ' => 'v',
        'ₓ' => 'x',
        _ => return None,
    })
}

/// The plain digit or minus sign of a superscript.
#[must_use]
pub fn superscript_plain(letter: char) -> Option<char> {
    Some(match letter {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    })
}

/// The name that an identifier's text denotes: Greek letters spelled out, subscripts after `_`.
#[must_use]
pub fn plain_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut lowered = false;
    for letter in text.chars() {
        if let Some(plain) = subscript_plain(letter) {
            if !lowered {
                name.push('_');
            }
            name.push(plain);
            lowered = true;
        } else {
            lowered = false;
            match greek_name(letter) {
                Some(spelled) => name.push_str(spelled),
                None => name.push(letter),
            }
        }
    }
    name
}

//! Division by zero, unspecified values, cancellation.

use crate::support::Case;

fn claim(context: &str, point: &str, goal: &str, proof: &str) -> String {
    Case { context, goal, point, proof }.verdict()
}

/// From `0 < x^0`, true at 0, nothing follows about x.
#[test]
fn a_zeroth_power_does_not_show_its_base_nonzero() {
    let proof = "s1: enclose, shows 0 < x^0;
        s2: cases(x, 0), shows x != 0, {
            s3: cases(0, x), shows x != 0, {
                s4: antisymmetry, using h2 h1;
                s5: combine, shows 1 <= 0, by (1/x) [s4];
                s6: absurd, shows x != 0, using s5;
            }, { s7: different, shows x != 0, using h2; };
        }, { s8: different, shows x != 0, using h1; };";
    assert_eq!(claim("let x : real", "x = 1", "x != 0", proof), "possibly-zero");
    let proof = proof.replace("s4: antisymmetry, using h2 h1", "s4: antisymmetry, using h1 h2");
    assert_eq!(claim("let x : real", "x = 1", "x != 0", &proof), "possibly-zero");
}

# `elementary::exp_near` with k != 0: r is off by at most 0.501 u from x - k (LN2_HIGH + LN2_LOW), u = 2^-53.
# With k = 0 it is x.
@rnd = float<ieee_64, ne>;
LN2_HIGH = 0x1.62e42feep-1;
LN2_LOW = 0x1.a39ef35793c76p-33;
a rnd= x - k*LN2_HIGH;
r rnd= a - k*LN2_LOW;
R = x - k*LN2_HIGH - k*LN2_LOW;

# k is not 0 for |x| >= 0.34: a multiple of 2^-54
{ @FIX(x,-54) /\ x in [-709,709] /\ @FIX(k,0) /\ k in [-1024,1024] /\ R in [-0.34658,0.34658]
  -> |r - R| <= 8400000b-77 }

# `elementary::exp_near`: the polynomial at r, which is off as `exp_reduction.g` says, is off by at most 2.16 u of itself.
@rnd = float<ieee_64, ne>;

# as it is computed
c13 = 0x1.6124613a86d09p-33;
c12 = 0x1.1eed8eff8d898p-29;
c11 = 0x1.ae64567f544e4p-26;
c10 = 0x1.27e4fb7789f5cp-22;
c9 = 0x1.71de3a556c734p-19;
c8 = 0x1.a01a01a01a01ap-16;
c7 = 0x1.a01a01a01a01ap-13;
c6 = 0x1.6c16c16c16c17p-10;
c5 = 0x1.1111111111111p-7;
c4 = 0x1.5555555555555p-5;
c3 = 0x1.5555555555555p-3;
q12 rnd= c13*r + c12;
q11 rnd= q12*r + c11;
q10 rnd= q11*r + c10;
q9 rnd= q10*r + c9;
q8 rnd= q9*r + c8;
q7 rnd= q8*r + c7;
q6 rnd= q7*r + c6;
q5 rnd= q6*r + c5;
q4 rnd= q5*r + c4;
q3 rnd= q4*r + c3;
q2 rnd= q3*r + 0.5;
w rnd= r*r;
m rnd= w*q2 + r;
v rnd= 1 + m;

# without rounding, with the fractions that the coefficients stand for, at the exact R
Q12 = 1/6227020800*R + 1/479001600;
Q11 = Q12*R + 1/39916800;
Q10 = Q11*R + 1/3628800;
Q9 = Q10*R + 1/362880;
Q8 = Q9*R + 1/40320;
Q7 = Q8*R + 1/5040;
Q6 = Q7*R + 1/720;
Q5 = Q6*R + 1/120;
Q4 = Q5*R + 1/24;
Q3 = Q4*R + 1/6;
Q2 = Q3*R + 1/2;
W = R*R;
M = W*Q2 + R;
V = 1 + M;


{ |r - R| <= 8400000b-77 /\ R in [-0.34658,0.34658] /\ rnd(r) - r in [0,0]
  -> |(v - V)/V| <= 553b-61 }

(v - V)/V -> ((v - (1 + m)) + (m - M))/V { V <> 0 };
$ R in 120;

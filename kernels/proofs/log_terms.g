# `elementary::log_near` with k = 0: relative errors of its terms, in units of u = 2^-53: 2.01, 1 and 7.36.
@rnd = float<ieee_64, ne>;

# as it is computed
d rnd= 2 + f;
s rnd= f/d;
z rnd= s*s;
c7 = 0x1.2b5949cffc14ep-3;
c6 = 0x1.39fe4eb5b5a49p-3;
c5 = 0x1.7462b50a97ca2p-3;
c4 = 0x1.c71c62e541c4ep-3;
c3 = 0x1.2492492defb07p-2;
c2 = 0x1.999999999531cp-2;
c1 = 0x1.5555555555558p-1;
q6 rnd= c7*z + c6;
q5 rnd= q6*z + c5;
q4 rnd= q5*z + c4;
q3 rnd= q4*z + c3;
q2 rnd= q3*z + c2;
q1 rnd= q2*z + c1;
r rnd= q1*z;
half = 0.5*f;
h rnd= half*f;
hr rnd= h + r;

# the same without rounding
D = 2 + f;
S = f/D;
Z = S*S;
Q6 = c7*Z + c6;
Q5 = Q6*Z + c5;
Q4 = Q5*Z + c4;
Q3 = Q4*Z + c3;
Q2 = Q3*Z + c2;
Q1 = Q2*Z + c1;
R = Q1*Z;
H = half*f;
HR = H + R;

# the relative error of H + R from those of h and r, 3.7 u, since R/(H + R) = 1/(1 + D^2/(2 Q1)); rounding adds u
share = 1/(1 + D*D/(2*Q));

{ @FIX(f,-53) /\ f in [-0.2928935,0.4142136] /\ |f| in [1b-53,0.4142136]
  /\ Q in [0.6666,0.6787] /\ eh in [-1b-53,1b-53] /\ er in [-1882b-61,1882b-61]
  -> s -/ S in [-513b-61,513b-61] /\ h -/ H in [-1b-53,1b-53] /\ r -/ R in [-1882b-61,1882b-61] /\ Q1 in [0.6666,0.6787]
  /\ |eh + share*(er - eh)| <= 948b-61 }

f/d - f/D -> -(f/d)*((d - D)/D) { d <> 0, D <> 0 };
s - S -> (s - f/d) + (f/d - f/D);
$ f in 100;

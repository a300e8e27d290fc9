# `elementary::log_near` with k != 0, but for its last rounding: off by at most 0.48 u absolutely, u = 2^-53.
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
LN2_LOW = 0x1.a39ef35793c76p-33;
b rnd= k*LN2_LOW;
t rnd= s*hr + b;
g rnd= half*f - t;
v rnd= f - g;

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
T = S*HR + k*LN2_LOW;
G = half*f - T;
V = f - G;

# f = m - 1 is exact: a multiple of 2^-53, since m >= 1/2 is one
{ @FIX(f,-53) /\ f in [-0.2928935,0.4142136] /\ @FIX(k,0) /\ k in [-1100,1100]
  -> |v - V| <= 123b-61 }

f/d - f/D -> -(f/d)*((d - D)/D) { d <> 0, D <> 0 };
s - S -> (s - f/d) + (f/d - f/D);
$ f in 32;

# `elementary::log_near` with k = 0: what is subtracted from f is off by at most 0.53 u |f|, u = 2^-53, if
# t = s (h + R) is off by rho, at most 8 u of itself, and f/2 f - t is rounded by dg of itself.
D = 2 + f;
Z = (f/D)*(f/D);
# t/f
share = (1/D)*(0.5*f*f + Z*Q);

{ f in [-0.2928935,0.4142136] /\ Q in [0.6666,0.6787] /\ dg in [-1b-53,1b-53] /\ rho in [-8b-53,8b-53]
  -> |dg*(0.5*f - share*(1 + rho)) - share*rho| <= 136b-61 }

$ f in 200;

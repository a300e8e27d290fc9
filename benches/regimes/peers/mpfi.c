/* MPFI in C at 53 bits. */
#include "regimes.h"
#include <mpfi.h>

static mpfi_t given[8], a, b;
static mpfr_t end;

static void enclose(const double *r, double *ends) {
  enum { N, D, P, C, W, J, EPS, DELTA };
  for (int i = 0; i < 8; i++) mpfi_set_d(given[i], r[i]);
  mpfi_mul_ui(a, given[W], 60);
  mpfi_mul(a, a, given[J]);
  mpfi_div(a, a, given[EPS]);
  mpfi_log(a, a);
  mpfi_mul(a, a, given[P]);
  mpfi_ui_div(b, 4, given[DELTA]);
  mpfi_log(b, b);
  mpfi_add(a, a, b);
  mpfi_mul(b, given[N], given[D]);
  mpfi_div(a, b, a);
  mpfi_sqrt(a, a);
  mpfi_sqrt(b, given[C]);
  mpfi_mul_2si(b, b, 9);
  mpfi_div(b, given[EPS], b);
  mpfi_mul(a, a, b);
  mpfi_get_left(end, a);
  ends[0] = mpfr_get_d(end, MPFR_RNDD);
  mpfi_get_right(end, a);
  ends[1] = mpfr_get_d(end, MPFR_RNDU);
}

int main(int count, char **arguments) {
  for (int i = 0; i < 8; i++) mpfi_init2(given[i], 53);
  mpfi_init2(a, 53), mpfi_init2(b, 53), mpfr_init2(end, 53);
  return regimes(count, arguments, "MPFI in C, 53 bits", 5, enclose);
}

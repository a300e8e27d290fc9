/* Arb in C at 53 bits. */
#include "regimes.h"
#if __has_include(<flint/arb.h>)
#include <flint/arb.h>
#else
#include <arb.h>
#endif

#define BITS 53
static arb_t given[8], a, b;
static arf_t end, other;

static void enclose(const double *r, double *ends) {
  enum { N, D, P, C, W, J, EPS, DELTA };
  for (int i = 0; i < 8; i++) arb_set_d(given[i], r[i]);
  arb_mul_ui(a, given[W], 60, BITS);
  arb_mul(a, a, given[J], BITS);
  arb_div(a, a, given[EPS], BITS);
  arb_log(a, a, BITS);
  arb_mul(a, a, given[P], BITS);
  arb_ui_div(b, 4, given[DELTA], BITS);
  arb_log(b, b, BITS);
  arb_add(a, a, b, BITS);
  arb_mul(b, given[N], given[D], BITS);
  arb_div(a, b, a, BITS);
  arb_sqrt(a, a, BITS);
  arb_sqrt(b, given[C], BITS);
  arb_mul_2exp_si(b, b, 9);
  arb_div(b, given[EPS], b, BITS);
  arb_mul(a, a, b, BITS);
  arb_get_interval_arf(end, other, a, BITS);
  ends[0] = arf_get_d(end, ARF_RND_FLOOR);
  ends[1] = arf_get_d(other, ARF_RND_CEIL);
}

int main(int count, char **arguments) {
  for (int i = 0; i < 8; i++) arb_init(given[i]);
  arb_init(a), arb_init(b), arf_init(end), arf_init(other);
  return regimes(count, arguments, "Arb in C, 53 bits", 20, enclose);
}

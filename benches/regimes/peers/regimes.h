/* Reads the regimes, times an arithmetic on them, writes its enclosures: see peers.rs. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static int regimes(int count, char **arguments, const char *title, int rounds,
                   void (*enclose)(const double *regime, double *ends)) {
  if (count != 3) return 2;
  FILE *in = fopen(arguments[1], "rb");
  if (!in) return 2;
  fseek(in, 0, SEEK_END);
  long all = ftell(in) / (8 * (long)sizeof(double));
  rewind(in);
  double *given = malloc(sizeof(double) * 8 * (size_t)all), *ends = malloc(sizeof(double) * 2 * (size_t)all);
  if (fread(given, sizeof(double) * 8, (size_t)all, in) != (size_t)all) return 2;
  fclose(in);
  double best = 1e300;
  for (int round = 0; round < rounds; round++) {
    double start = cpu();
    for (long i = 0; i < all; i++) enclose(given + 8 * i, ends + 2 * i);
    double time = cpu() - start;
    if (time < best) best = time;
  }
  FILE *out = fopen(arguments[2], "wb");
  if (!out || fwrite(ends, sizeof(double) * 2, (size_t)all, out) != (size_t)all || fclose(out)) return 2;
  printf("%.2f %s\n", best / (double)all, title);
  return 0;
}

/**
 * Fisher's exact test, one-sided: the chance that, were both groups alike, at least so many of all failures had fallen
 * on the first one. Exact for any size, also where failures are few.
 */
export const oneSidedFisher = (
  first: { readonly failed: number; readonly sessions: number },
  second: { readonly failed: number; readonly sessions: number },
): number => {
  const failures = first.failed + second.failed;
  const all = first.sessions + second.sessions;
  const most = Math.min(first.sessions, failures);
  let chance = 0;
  for (let count = first.failed; count <= most; count++) {
    chance += Math.exp(
      lnChoose(first.sessions, count) + lnChoose(second.sessions, failures - count) - lnChoose(all, failures),
    );
  }
  return Math.min(1, chance);
};

/** Logarithm of the number of ways to choose `k` of `n`; minus infinity when there is none. */
const lnChoose = (n: number, k: number): number =>
  k < 0 || k > n ? -Infinity : lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);

const small: number[] = [0];
for (let n = 1; n < 64; n++) small.push(small[n - 1]! + Math.log(n));

/** Exact below 64, from there on by Stirling's series, whose next term is below 10⁻¹². */
const lnFactorial = (n: number): number =>
  small[n] ??
  n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);

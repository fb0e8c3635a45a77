/** What `GET /registry/as-of` gives. */
export interface LiveTogether {
  readonly sets: readonly { readonly id: string; readonly versions: Readonly<Record<string, string>> }[];
  readonly periods: readonly Period[];
}

interface Period {
  readonly from: Place;
  readonly to?: Place;
}

interface Place {
  readonly position: number;
  readonly time: string;
}

/** What was live together, for people. */
export function describeAsOf({ sets, periods }: LiveTogether): string {
  if (sets.length === 0) return 'nothing was live yet';
  return [
    ...periods.map(
      ({ from, to }) => `live      ${place(from)} ${to === undefined ? 'until now' : `until ${place(to)}`}`,
    ),
    ...sets.flatMap(({ id, versions }) => [
      `deployment ${id}`,
      ...Object.entries(versions).map(([name, version]) => `frontend  ${name.padEnd(8)} ${version}`),
    ]),
  ].join('\n');
}

function place({ time, position }: Place): string {
  return `${time} (position ${position})`;
}

import { chromiumArgs } from '../../scripts/chromium.ts';
import { faultKinds, mfes } from '../support/break-mfe.ts';
import type { FaultKind, Mfe } from '../support/break-mfe.ts';
import { chromium } from '../support/playwright.ts';
import { startShop } from '../support/shop.ts';
import { lookAtWalls } from '../support/walls.ts';
import type { WallFindings } from '../support/walls.ts';
import type { Proof } from './proof.ts';

/** Enough to see that the walls stand: one fault for each micro frontend, each noticed in another way. */
const shortFaults: Readonly<Record<Mfe, readonly FaultKind[]>> = {
  bell: ['tampered'],
  catalog: ['throw-at-mount'],
  cart: ['throw-in-handler'],
  chat: ['404'],
};

interface Row {
  readonly mfe: Mfe;
  readonly kind: FaultKind;
  readonly findings: WallFindings;
}

const promises = ['fallback', 'others', 'recovery'] as const;

/** Breaks each micro frontend in each way, and looks whether it fails alone and comes back. */
export const proveWalls: Proof = async ({ runs, short, progress }) => {
  const shop = await startShop();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: [...chromiumArgs] });
  const rows: Row[] = [];
  try {
    for (let run = 0; run < runs; run++)
      for (const mfe of mfes)
        for (const kind of short ? shortFaults[mfe] : faultKinds) {
          const row = { mfe, kind, findings: await look(mfe, kind) };
          rows.push(row);
          progress(describe(row));
        }
  } finally {
    await browser.close();
    await shop.close();
  }
  const findings = rows.flatMap((row) => promises.map((promise) => row.findings[promise]));
  const failed = findings.filter(({ kept }) => !kept).length;
  return { passed: findings.length - failed, failed, report: matrix(rows) };

  async function look(mfe: Mfe, kind: FaultKind): Promise<WallFindings> {
    const contexts: { close(): Promise<void> }[] = [];
    const findings = await lookAtWalls(
      async () => {
        const context = await browser.newContext({ baseURL: shop.url, viewport: { width: 1280, height: 800 } });
        context.setDefaultTimeout(15_000);
        contexts.push(context);
        return context.newPage();
      },
      mfe,
      kind,
    );
    for (const context of contexts) await context.close();
    return findings;
  }
};

const mark = ({ kept, seen }: WallFindings['others']): string => `${kept ? '✓' : '✗'} ${seen}`;

const describe = ({ mfe, kind, findings }: Row): string =>
  `${mfe} ${kind}: ${promises.map((promise) => mark(findings[promise])).join(' · ')}`;

function matrix(rows: readonly Row[]): string {
  const cells = rows.map(({ mfe, kind, findings }) => [
    mfe,
    kind,
    ...promises.map((promise) => mark(findings[promise])),
  ]);
  const table = [['breaks', 'how', 'fallback in its own place', 'the others', 'comes back'], ...cells];
  const widths = table[0]!.map((_head, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(table[0]!), rule, ...table.slice(1).map(line)].join('\n');
}

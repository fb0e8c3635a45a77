import type { Input } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { asStaff, fetchInit, sentenceOf, type StaffRequest } from '../shop/as-staff.ts';
import { findShop } from '../shop/find-shop.ts';

/**
 * Lets `work` ask the registry, as the team whose token is in `SOUK_TOKEN`, else as staff.
 * @throws {WrongUse} {@link CommandFailed} and what `work` throws
 */
export async function asDeployer<Result>(
  input: Pick<Input, 'options' | 'env'>,
  work: (request: StaffRequest, url: string) => Promise<Result>,
): Promise<Result> {
  const token = input.env['SOUK_TOKEN'];
  if (token === undefined) return asStaff(input, work);
  const url = await findShop(input.options['url'], input.env);
  return work(async (path, init = {}) => {
    const response = await fetch(url + path, fetchInit(init, { authorization: `Bearer ${token}` })).catch(
      (cause: unknown) => {
        throw new CommandFailed(`${url} went away`, { cause });
      },
    );
    if (response.ok) return response;
    const { status } = response;
    const problem = (await response.json().catch(() => undefined)) as Parameters<typeof sentenceOf>[0];
    throw new CommandFailed(sentenceOf(problem) ?? `${url} answers with status ${status}`, { status, problem });
  }, url);
}

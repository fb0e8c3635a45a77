// Not the whole kit: a team's desk reads builds as well, and would wait for a server that it never starts.
import { ApiError } from '@souk/service-kit/errors';
import type { ApiErrorOptions, ErrorKind } from '@souk/service-kit/errors';
import type { GateProblem } from './gate/check-deployment.ts';

/** What a refusal may say besides its message. */
export interface RegistryErrorOptions extends ApiErrorOptions {
  /** @default 'conflict' */
  readonly kind?: ErrorKind;
}

/** Base of the registry's refusals; tell them apart by `code`. Each message says what is wrong and where. */
export class RegistryError extends ApiError {
  constructor(code: string, message: string, { kind = 'conflict', ...options }: RegistryErrorOptions = {}) {
    super(kind, code, message, options);
  }
}

/** The manifest cannot be read, or says something that the shop cannot honour. */
export class InvalidManifest extends RegistryError {
  readonly problems: readonly string[];
  constructor(where: string, problems: readonly string[], options?: ErrorOptions) {
    const message = `${where}: ${problems.join('; ')}`;
    super('invalid-manifest', message, { ...options, kind: 'invalid', details: { problems } });
    this.problems = problems;
  }
}

/** A file of the build is missing, or its bytes are not those that the manifest promises. */
export class WrongContent extends RegistryError {
  constructor(where: string, problem: string, options?: ErrorOptions) {
    super('wrong-content', `${where}: ${problem}`, { ...options, kind: 'invalid' });
  }
}

/** The upload is no build that could be stored; nothing of it was kept. */
export class UploadRefused extends RegistryError {
  constructor(code: string, message: string, options: RegistryErrorOptions = {}) {
    super(code, message, { kind: 'invalid', ...options });
  }
}

/** What is kept under the name of a build is not that build. */
export class DamagedArtifact extends RegistryError {
  constructor(artifact: string, options?: ErrorOptions) {
    super('damaged-artifact', `the stored build ${artifact} is not what was published`, {
      ...options,
      kind: 'unavailable',
    });
  }
}

/** The store of the builds does not answer; it may be tried again. */
export class ArtifactsUnavailable extends RegistryError {
  constructor(options?: ErrorOptions) {
    super('artifacts-unavailable', 'the store of the builds does not answer; try again', {
      ...options,
      kind: 'unavailable',
    });
  }
}

/** This version exists already with other content; a version never changes. */
export class VersionTaken extends RegistryError {
  constructor(name: string, version: string) {
    super('version-taken', `${name} ${version} is stored already with other content; give this build another version`);
  }
}

/** What is deployed does not allow this; `code` says why: `no-canary`, `no-such-version`, `version-blocked`, … */
export class DeploymentRefused extends RegistryError {}

/** The version would break what is live, or be broken by it. */
export class ContractBroken extends RegistryError {
  readonly problems: readonly GateProblem[];
  constructor(name: string, version: string, problems: readonly GateProblem[]) {
    const first = problems[0]?.message ?? '';
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super('contract-broken', `${name} ${version} does not fit what is live. ${first}${more}`, {
      details: { problems },
    });
    this.problems = problems;
  }
}

/** Base of the registry's refusals; tell them apart by `code`. Each message says what is wrong and where. */
export class RegistryError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The manifest cannot be read, or says something that the shop cannot honour. */
export class InvalidManifest extends RegistryError {
  readonly problems: readonly string[];
  constructor(where: string, problems: readonly string[], options?: ErrorOptions) {
    super('invalid-manifest', `${where}: ${problems.join('; ')}`, options);
    this.problems = problems;
  }
}

/** A file of the build is missing, or its bytes are not those that the manifest promises. */
export class WrongContent extends RegistryError {
  constructor(where: string, problem: string, options?: ErrorOptions) {
    super('wrong-content', `${where}: ${problem}`, options);
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

/** Whether a path stays below its folder on every system: no `..`, no root, no drive, no backslash. */
export const isPlainPath = (path: string): boolean =>
  path.length <= 250 &&
  /^[A-Za-z0-9._@/-]+$/.test(path) &&
  path.split('/').every((part) => part !== '' && !/^\.+$/.test(part));

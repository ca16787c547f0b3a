declare const __VERSION__: string;

/** The version of this package, put in by the build from package.json. */
export const VERSION: string = __VERSION__;

/** The version of the shims and of the folder's layout; higher than what is installed: upgrade. */
export const SHIM_VERSION = 1;

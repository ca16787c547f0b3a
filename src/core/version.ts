declare const __VERSION__: string;

/** The version of this package, put in by the build from package.json. */
export const VERSION: string = __VERSION__;

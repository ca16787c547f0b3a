export function schemaText(): Promise<string>;
export function writeSchema(path: string): Promise<void>;

export declare function checkIndex(): string;
export declare function writeCheckIndex(): void;
export declare function isFresh(): boolean;
export declare function bundle(): Promise<void>;

export declare function checkIndex(): string;

#define MINT 0

#include "kernel/mint.h"

int main(void)
{
	return MINT;
}

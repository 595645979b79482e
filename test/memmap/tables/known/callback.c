#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

typedef int (*adder)(struct memory_range *to, unsigned long start, unsigned long size);

static int add(struct memory_range *to, unsigned long start, unsigned long size)
{
	if (!to)
		return 0;
	to->start = start;
	to->end = start + (size - 1);
	to->type = RANGE_RAM;
	return 1;
}

static int fill(adder how, struct memory_range *to)
{
	int n = 0;

	n += how(to + n, mint_region1_start, mint_region1_size);
	n += how(to + n, mint_region2_start, mint_region2_size);
	n += how(NULL, mint_region2_start, mint_region2_size);
	n += how(to + n, mint_region3_start, mint_region3_size);
	return n;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	*ranges = fill(add, range);
	return 0;
}

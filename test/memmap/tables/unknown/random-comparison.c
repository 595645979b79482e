//// range 0 is not known
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

static int by_chance(const void *a, const void *b)
{
	return rand() % (a < b ? 2 : 3);
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	range[0].start = mint_region1_start;
	range[1].start = mint_region3_start;
	*ranges = 2;
	qsort(range, 2, sizeof(*range), by_chance);
	return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	struct memory_range own;
	size_t i = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	range[i++] = (struct memory_range){ mint_region1_start, mint_region1_start + mint_region1_size - 1, RANGE_RAM };
	range[i++] = (struct memory_range){ .type = RANGE_RAM, .start = mint_region2_start,
		.end = mint_region2_start + mint_region2_size - 1 };
	own.start = mint_region3_start;
	own.end = own.start + mint_region3_size - 1;
	own.type = RANGE_RAM;
	range[i++] = own;
	*ranges = i;
	return 0;
}

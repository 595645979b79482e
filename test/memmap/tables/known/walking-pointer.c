#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	struct memory_range *r = range;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	r->start = mint_region1_start;
	r->end = r->start + mint_region1_size - 1;
	r->type = RANGE_RAM;
	r++;
	r->start = mint_region3_start;
	r->end = r->start + mint_region3_size - 1;
	(r++)->type = RANGE_RAM;
	*ranges = r - range;
	return 0;
}

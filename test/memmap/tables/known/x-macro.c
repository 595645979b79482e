#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

#define REGIONS(R) R(1, RANGE_RAM) R(2, RANGE_RESERVED) R(3, RANGE_RAM)

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

#define ADD(n, kind) \
	range[*ranges].start = mint_region##n##_start; \
	range[*ranges].end = mint_region##n##_start + mint_region##n##_size - 1; \
	range[*ranges].type = kind; \
	++*ranges;
	*ranges = 0;
	REGIONS(ADD)
	return 0;
}

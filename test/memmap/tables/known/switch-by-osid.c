#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	int n = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	switch (OSID) {
	case 0:
		range[n++] = (struct memory_range){ 0x38000000, 0x67ffffff, RANGE_RESERVED };
		/* fall through */
	case 1:
		range[n++] = (struct memory_range){ mint_region1_start, mint_region1_start + mint_region1_size - 1, RANGE_RAM };
		break;
	default:
		range[n].start = mint_region2_start;
		range[n].end = mint_region2_start + mint_region2_size;
		range[n++].type = RANGE_RAM;
	}
	*ranges = n;
	return 0;
}

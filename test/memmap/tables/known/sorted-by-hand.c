#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

#define SWAP(a, b) do { __typeof__(a) tmp = (a); (a) = (b); (b) = tmp; } while (0)

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	range[0] = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, RANGE_RAM };
	range[1] = (struct memory_range){ mint_region2_start, mint_region2_start + mint_region2_size - 1, RANGE_RAM };
	range[2] = (struct memory_range){ mint_region1_start, mint_region1_start + mint_region1_size - 1, RANGE_RAM };
	*ranges = 3;
	for (size_t i = 0; i + 1 < *ranges; i++)
		for (size_t j = 0; j + 1 < *ranges - i; j++)
			if (range[j].start > range[j + 1].start)
				SWAP(range[j], range[j + 1]);
	return 0;
}

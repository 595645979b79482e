#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	const struct memory_range fixed[] = {
		{ 0xbff00000, 0xbfffffff, RANGE_ACPI },
		{ 0xc0000000, 0xc0000fff, RANGE_ACPI_NVS },
		{ 0xc1000000, 0xc1000fff, RANGE_UNCACHED },
		{ 0x100000000, 0x1ffffffff, RANGE_PMEM },
		{ 0xd0000000, 0xd0000fff, 11 },
	};

	memcpy(range, fixed, sizeof(fixed));
	memcpy(&range[5], &(struct memory_range){ 0x68000000, 0x6fffffff, RANGE_RESERVED }, sizeof(*range));
	*ranges = 6;
	return 0;
}

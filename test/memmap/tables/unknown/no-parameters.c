//// `get_firmware_memmap_ranges` is handed no table of ranges
#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(void)
{
	mint_region1_start = 0;
	mint_region1_size = 0x20000;
	return 0;
}

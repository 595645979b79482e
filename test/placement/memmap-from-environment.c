/* Takes the place of what reads /sys/firmware/memmap: RANGES holds `START END,START END,…`, ends inclusive, of RAM. */
int have_sys_firmware_memmap(void)
{
	return 1;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	char *text = getenv("RANGES");
	size_t count = 0;

	while (text && *text) {
		range[count].start = strtoull(text, &text, 0);
		range[count].end = strtoull(text, &text, 0);
		range[count].type = RANGE_RAM;
		count++;
		if (*text == ',')
			text++;
	}
	*ranges = count;
	qsort(range, count, sizeof(*range), compare_ranges);
	return 0;
}

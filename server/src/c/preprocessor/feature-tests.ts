/** What `__has_attribute`, `__has_builtin` and their like answer in gcc 12. */

/** The operators that `#if` knows beside `defined`; `#ifdef` takes all of them for defined. */
export const featureTests: ReadonlySet<string> = new Set([
  '__has_include',
  '__has_include_next',
  '__has_attribute',
  '__has_cpp_attribute',
  '__has_c_attribute',
  '__has_builtin',
]);

/** The value of `operator(name)` or `operator(scope::name)`; 0 for what gcc does not know. */
export function featureTest(operator: string, scope: string | undefined, name: string): string {
  if (operator === '__has_builtin') return builtins.has(name) ? '1' : '0';
  const plain = withoutUnderscores(name);
  const standard = scope === undefined ? standardAttributes.get(plain) : undefined;
  if (standard) return standard;
  const gnu = scope === undefined ? operator !== '__has_c_attribute' : withoutUnderscores(scope) === 'gnu';
  return gnu && attributes.has(plain) ? '1' : '0';
}

/** `__packed__` is the same attribute as `packed`. */
function withoutUnderscores(name: string): string {
  return /^__.+__$/.test(name) ? name.slice(2, -2) : name;
}

/** C2x attributes with the date that gcc 12 gives for each. */
const standardAttributes: ReadonlyMap<string, string> = new Map([
  ['deprecated', '201904'],
  ['fallthrough', '201904'],
  ['maybe_unused', '201904'],
  ['nodiscard', '202003'],
]);

const attributes: ReadonlySet<string> = new Set(
  (
    'access alias aligned alloc_align alloc_size always_inline artificial assume_aligned cleanup cold common const ' +
    'constructor copy deprecated designated_init destructor error externally_visible fallthrough flatten format ' +
    'format_arg gnu_inline hot ifunc interrupt leaf malloc may_alias mode ms_abi ms_struct naked nocommon noclone ' +
    'noinit noinline noipa nonnull nonstring noplt noreturn nothrow optimize packed patchable_function_entry ' +
    'persistent pure returns_nonnull returns_twice scalar_storage_order section sentinel simd symver sysv_abi target ' +
    'target_clones tls_model transparent_union unavailable unused used vector_size visibility ' +
    'warn_if_not_aligned warn_unused_result warning weak weakref zero_call_used_regs no_icf no_instrument_function ' +
    'no_profile_instrument_function no_reorder no_sanitize no_sanitize_address no_sanitize_undefined ' +
    'no_split_stack no_stack_protector stack_protect retain cdecl fastcall regparm stdcall thiscall'
  ).split(' '),
);

const builtins: ReadonlySet<string> = new Set(
  (
    '__builtin_expect __builtin_expect_with_probability __builtin_constant_p __builtin_choose_expr ' +
    '__builtin_types_compatible_p __builtin_offsetof __builtin_unreachable __builtin_trap __builtin_assume_aligned ' +
    '__builtin_object_size __builtin_dynamic_object_size __builtin_prefetch __builtin_alloca __builtin_memcpy ' +
    '__builtin_memmove __builtin_memset __builtin_memcmp __builtin_strlen __builtin_strcmp __builtin_abs __builtin_labs ' +
    '__builtin_llabs __builtin_bswap16 __builtin_bswap32 __builtin_bswap64 __builtin_bswap128 __builtin_ffs ' +
    '__builtin_ffsl __builtin_ffsll __builtin_clz __builtin_clzl __builtin_clzll __builtin_ctz __builtin_ctzl ' +
    '__builtin_ctzll __builtin_clrsb __builtin_clrsbl __builtin_clrsbll __builtin_popcount __builtin_popcountl ' +
    '__builtin_popcountll __builtin_parity __builtin_parityl __builtin_parityll __builtin_add_overflow ' +
    '__builtin_sub_overflow __builtin_mul_overflow __builtin_add_overflow_p __builtin_sub_overflow_p ' +
    '__builtin_mul_overflow_p __builtin_sadd_overflow __builtin_saddl_overflow __builtin_saddll_overflow ' +
    '__builtin_uadd_overflow __builtin_uaddl_overflow __builtin_uaddll_overflow __builtin_ssub_overflow ' +
    '__builtin_usub_overflow __builtin_smul_overflow __builtin_umul_overflow __builtin_umull_overflow ' +
    '__builtin_umulll_overflow __builtin_return_address __builtin_frame_address __builtin_va_arg_pack ' +
    '__builtin_va_start __builtin_va_end __builtin_va_copy __builtin_convertvector __builtin_shuffle ' +
    '__builtin_shufflevector __builtin_has_attribute __builtin_classify_type __builtin_printf __builtin_nan ' +
    '__builtin_inf __builtin_huge_val __builtin_isnan __builtin_LINE __builtin_FILE ' +
    '__builtin_FUNCTION __builtin_speculation_safe_value __builtin_cpu_init __builtin_cpu_is __builtin_cpu_supports ' +
    '__builtin_ia32_pause __builtin_ia32_rdtsc __builtin_extract_return_addr __builtin_clear_padding ' +
    '__sync_synchronize __sync_fetch_and_add __sync_bool_compare_and_swap __sync_val_compare_and_swap ' +
    '__sync_lock_test_and_set __sync_lock_release __atomic_load_n __atomic_store_n __atomic_exchange_n ' +
    '__atomic_compare_exchange_n __atomic_fetch_add __atomic_add_fetch __atomic_thread_fence'
  ).split(' '),
);

import type { Excluded } from './library.ts';

const sparse = 'tensors are dense';
const quantized = 'there are no quantized types: bfloat16 and float16 are the narrow ones';
const compiled = 'nothing is scripted, traced by symbols or compiled: kernels are';
const ownPython = "Python's own, or of its build";
const otherDevices = "devices are the CPU and WebGPU's, which have one queue and one pool";
const deprecated = 'PyTorch itself refuses or advises against it';

/** What of PyTorch is not there, and why. */
export const excluded: Excluded = {
  torch: {
    [sparse]: 'col_indices_copy crow_indices_copy hspmm indices_copy jagged smm sparse_bsc sparse_bsc_tensor sparse_bsr '
      + 'sparse_bsr_tensor sparse_compressed_tensor sparse_coo sparse_coo_tensor sparse_csc sparse_csc_tensor sparse_csr '
      + 'sparse_csr_tensor sspaddmm values_copy',
    [quantized]: 'dequantize fake_quantize_per_channel_affine fake_quantize_per_tensor_affine float4_e2m1fn_x2 float8_e4m3fn '
      + 'float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu qint32 qint8 quantize_per_channel quantize_per_tensor '
      + 'quantize_per_tensor_dynamic quantized_batch_norm quantized_max_pool1d quantized_max_pool2d quint2x4 quint4x2 quint8',
    'shells without arithmetic': 'bcomplex32 bit bits16 bits1x8 bits2x4 bits4x2 bits8 chalf complex32 int1 int2 int3 int4 int5 int6 '
      + 'int7 uint1 uint2 uint3 uint4 uint5 uint6 uint7',
    [compiled]: 'AggregationType DispatchKey JITException ScriptFunction SymBool SymFloat SymInt Tag compile cond fork '
      + 'import_ir_module import_ir_module_from_buffer merge_type_from_type_comment parse_ir parse_schema parse_type_comment '
      + 'sym_float sym_int sym_ite sym_max sym_min sym_not sym_sum unify_type_list wait while_loop',
    [ownPython]: 'FatalError TYPE_CHECKING USE_GLOBAL_DEPS USE_RTLD_GLOBAL_WITH_LIBTORCH compiled_with_cxx11_abi from_dlpack from_file '
      + 'get_device_module has_lapack has_mkl has_openmp has_spectral hash_tensor init_num_threads is_storage to_dlpack typename',
    [otherDevices]: 'AcceleratorError Event OutOfMemoryError Stream thread_safe_generator',
    'a kernel of its own beside the function that documents it': 'adaptive_avg_pool1d_out conv_tbc native_channel_shuffle',
    [deprecated]: 'legacy_contiguous_format set_default_tensor_type',
  },
  'torch.Tensor': {
    [sparse]: 'coalesce col_indices crow_indices dense_dim indices is_coalesced smm sparse_dim sparse_mask sparse_resize_ '
      + 'sparse_resize_and_clear_ sspaddmm to_dense to_padded_tensor to_sparse to_sparse_bsc to_sparse_bsr to_sparse_coo '
      + 'to_sparse_csc to_sparse_csr values',
    [quantized]: 'dequantize int_repr q_per_channel_axis q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qscheme',
    'shells without arithmetic': 'chalf',
    [otherDevices]: 'ipu is_ipu is_maia is_mkldnn is_mps is_mtia is_vulkan is_xla is_xpu mtia pin_memory record_stream share_memory_ '
      + 'to_mkldnn xpu',
    [ownPython]: 'as_subclass const_data_ptr module_load storage_type untyped_storage volatile',
  },
  'torch.accelerator': {
    [otherDevices]: 'Graph current_stream empty_host_cache get_device_capability set_stream',
  },
  'torch.autograd': {
    [ownPython]: 'NestedIOFunction enforce_grad_layout_policy set_multithreading_enabled',
  },
  'torch.autograd.graph': {
    [otherDevices]: 'node_creation_hook queue_callback region_activation_memory_budget set_override_stale_capture_stream '
      + 'set_warn_on_accumulate_grad_stream_mismatch',
  },
  'torch.func': { [compiled]: 'debug_unwrap functionalize rearrange' },
  'torch.nn': {
    [otherDevices]: 'DataParallel SyncBatchNorm',
    [ownPython]: 'factory_kwargs',
    [deprecated]: 'Container NLLLoss2d',
  },
  'torch.nn.Module': {
    [compiled]: 'T_destination call_super_init compile dump_patches',
    [otherDevices]: 'ipu mtia share_memory xpu',
  },
  'torch.nn.functional': {
    [ownPython]: 'ScalingType SwizzleType TYPE_CHECKING boolean_dispatch handle_torch_function has_torch_function '
      + 'has_torch_function_unary has_torch_function_variadic',
    'a kernel of its own beside the function that documents it': 'conv_tbc native_channel_shuffle',
    'products of eight bits': 'grouped_mm scaled_addmm scaled_addmm_ scaled_grouped_mm scaled_mm',
  },
  'torch.nn.utils': { [otherDevices]: 'convert_conv2d_weight_memory_format convert_conv3d_weight_memory_format' },
  'torch.optim': { [sparse]: 'SparseAdam' },
  'torch.random': { [otherDevices]: 'thread_safe_generator' },
  'torch.Generator': { [otherDevices]: 'graphsafe_get_state graphsafe_set_state philox_state' },
  'torch.utils.checkpoint': { [compiled]: 'DefaultDeviceType GraphExecGroup set_device_states' },
  'torch.utils.data': { 'pipes were never finished': 'DFIterDataPipe DataChunk IterDataPipe MapDataPipe' },
};

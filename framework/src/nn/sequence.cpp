#include <utility>

#include <torch/nn/modules/container/sequential.h>

#include <infoplane/replica.hpp>

namespace infoplane {
namespace {

// A Sequential with the same names, whose forward is not a template, so that an AnyModule can hold it.
class SequenceImpl : public torch::nn::SequentialImpl {
 public:
  explicit SequenceImpl(const torch::nn::Sequential& sequence) {
    std::size_t i = 0;
    const std::vector<std::string> names = sequence->named_children().keys();
    for (const torch::nn::AnyModule& module : *sequence) push_back(names.at(i++), module);
  }

  torch::Tensor forward(torch::Tensor x) { return SequentialImpl::forward<torch::Tensor>(std::move(x)); }
};

}  // namespace

torch::nn::AnyModule any_module(const torch::nn::Sequential& sequence) {
  if (sequence.is_empty()) return {};
  return torch::nn::AnyModule(std::make_shared<SequenceImpl>(sequence));
}

}  // namespace infoplane

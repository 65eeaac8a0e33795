#include <infoplane/replica.hpp>

#include <mutex>
#include <utility>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>
#include <torch/nn/cloneable.h>
#include <torch/nn/module.h>

#include <infoplane/error.hpp>

#include "base/tensor_arguments.hpp"
#include "nn/hidden_modules.hpp"
#include "nn/named_points.hpp"
#include "nn/recorded_tensor.hpp"

namespace infoplane {
namespace {

// LibTorch's global generator as a stream of one's own: seeded on entry, put back on exit, nobody else's meanwhile.
class BorrowedGenerator {
 public:
  explicit BorrowedGenerator(std::uint64_t seed)
      : turn_(mutex()), generator_(at::detail::getDefaultCPUGenerator()), before_(generator_.get_state()) {
    generator_.set_current_seed(seed);
  }
  ~BorrowedGenerator() { generator_.set_state(before_); }
  BorrowedGenerator(const BorrowedGenerator&) = delete;
  BorrowedGenerator& operator=(const BorrowedGenerator&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex turns;
    return turns;
  }

  std::lock_guard<std::mutex> turn_;
  at::Generator generator_;
  torch::Tensor before_;
};

// R ordinary modules as one. Its own hook points have the same names as theirs and record their tensors stacked.
class ReplicatedImpl : public torch::nn::Module {
 public:
  ReplicatedImpl(const std::function<torch::nn::AnyModule()>& factory, const ReplicaRange& replicas)
      : torch::nn::Module("Replicated"), replicas_(replicas) {
    const auto holder = register_module("replicas", std::make_shared<HiddenModules>("Replicas"));
    for (std::int64_t r = 0; r < replicas.count; ++r) {
      const BorrowedGenerator generator(replicas.stream(r, Purpose::initialization));
      networks_.push_back(factory());
      require_argument(!networks_.back().is_empty(), "replicate",
                       "factory must return a module, got an empty AnyModule");
      holder->register_module(std::to_string(r), networks_.back().ptr());
      adopt(hook_points(*networks_.back().ptr()));
    }
    steps_ = register_buffer("steps", torch::zeros({}, torch::kInt64));
  }

  torch::Tensor forward(const torch::Tensor& x) {
    if (!x.defined() || x.dim() < 2 || x.size(0) != replicas_.count) {
      refuse_argument("replicate", fmt::format("x must be [{}, B, ...], got {}", replicas_.count, described(x)));
    }
    const std::int64_t step = steps_.item<std::int64_t>();
    if (is_training()) steps_ += 1;
    std::vector<std::vector<RecordedTensor>> seen(points_.size());
    std::vector<std::size_t> order;
    std::vector<torch::Tensor> outputs;
    for (std::int64_t r = 0; r < replicas_.count; ++r) {
      std::vector<std::size_t> fired;
      const auto handles = observe(r, seen, fired);
      outputs.push_back(forward_one(r, x.select(0, r), step));
      if (r == 0) order = fired;
      if (fired != order) throw Error("replicate: the replicas passed their hook points in different orders");
    }
    for (const std::size_t p : order) points_[p]->forward(stacked(names_[p], seen[p]));
    return torch::stack(outputs);
  }

 private:
  // Keeps a network's hook points; the first network's give this module's own their names.
  void adopt(const std::vector<NamedPoint>& points) {
    inner_.emplace_back();
    bool same = networks_.size() == 1 || points.size() == names_.size();
    for (std::size_t p = 0; same && p < points.size(); ++p) {
      inner_.back().push_back(points[p].point);
      if (networks_.size() == 1) {
        names_.push_back(points[p].name);
        points_.push_back(register_at(points[p].name, points[p].point->kind()));
      }
      same = names_[p] == points[p].name;
    }
    if (!same) throw Error("replicate: the factory must make modules with the same hook points each time");
  }

  std::shared_ptr<HookPointImpl> register_at(const std::string& path, ActivationKind kind) {
    torch::nn::Module* parent = this;
    std::size_t start = 0;
    for (std::size_t dot; (dot = path.find('.', start)) != std::string::npos; start = dot + 1) {
      const std::string name = path.substr(start, dot - start);
      const auto children = parent->named_children();  // `find` points into it
      const auto* child = children.find(name);
      parent = child != nullptr ? child->get()
                                : parent->register_module(name, std::make_shared<torch::nn::Module>(name)).get();
    }
    return parent->register_module(path.substr(start), std::make_shared<HookPointImpl>(kind));
  }

  static torch::Tensor stacked(const std::string& name, const std::vector<RecordedTensor>& of_replicas) {
    std::vector<torch::Tensor> values;
    for (const RecordedTensor& recorded : of_replicas) {
      recorded.require_unchanged(name);
      values.push_back(recorded.values);
    }
    return torch::stack(values);
  }

  std::vector<HookHandle> observe(std::int64_t r, std::vector<std::vector<RecordedTensor>>& seen,
                                  std::vector<std::size_t>& fired) {
    std::vector<HookHandle> handles;
    for (std::size_t p = 0; p < points_.size(); ++p) {
      if (!points_[p]->is_observed()) continue;
      handles.push_back(inner_[r][p]->register_forward_hook([p, &seen, &fired](const torch::Tensor& x) {
        fired.push_back(p);
        seen[p].emplace_back(x);
      }));
    }
    return handles;
  }

  torch::Tensor forward_one(std::int64_t r, const torch::Tensor& x, std::int64_t step) {
    if (!is_training()) return networks_[r].forward<torch::Tensor>(x);
    const BorrowedGenerator generator(replicas_.stream(r, Purpose::module_noise, step));
    return networks_[r].forward<torch::Tensor>(x);
  }

  ReplicaRange replicas_;
  std::vector<torch::nn::AnyModule> networks_;
  std::vector<std::vector<std::shared_ptr<HookPointImpl>>> inner_;  // [replica][hook point]
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<HookPointImpl>> points_;
  torch::Tensor steps_;  // training-mode forwards so far; a buffer, so that checkpoints keep it
};
TORCH_MODULE(Replicated);

}  // namespace

std::uint64_t ReplicaRange::stream(std::int64_t i, Purpose purpose, std::int64_t index) const {
  if (i < 0 || i >= count) require_between("ReplicaRange::stream", "i", i, 0, count - 1);
  return stream_seed(seed, first + i, purpose, index);
}

torch::nn::AnyModule replicate(std::function<torch::nn::AnyModule()> factory, const ReplicaRange& replicas) {
  require_argument(static_cast<bool>(factory), "replicate", "factory must not be null");
  require_at_least("replicate", "replicas.count", replicas.count, 1);
  return torch::nn::AnyModule(Replicated(factory, replicas));
}

}  // namespace infoplane

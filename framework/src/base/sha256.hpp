#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_md_ctx_st;

namespace infoplane {

/// Incremental SHA-256.
class Sha256 {
 public:
  Sha256();

  void add(std::string_view bytes);

  /// Of the bytes so far, as 64 lower-case hexadecimal digits; more may follow.
  std::string digest() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_md_ctx_st, Free>;
  static Context make_context();

  Context context_;
};

/// The SHA-256 of the concatenated parts.
std::string sha256(const std::vector<std::string_view>& parts);

}  // namespace infoplane

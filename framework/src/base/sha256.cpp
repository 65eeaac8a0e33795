#include "base/sha256.hpp"

#include <new>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace infoplane {

void Sha256::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

Sha256::Context Sha256::make_context() {
  Context context(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  return context;
}

Sha256::Sha256() : context_(make_context()) {
  if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }

std::string Sha256::digest() const {
  const Context ended = make_context();  // a context that gave its digest takes no more bytes
  if (EVP_MD_CTX_copy_ex(ended.get(), context_.get()) != 1) throw std::bad_alloc();
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(ended.get(), digest, &size);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string sha256(const std::vector<std::string_view>& parts) {
  Sha256 sum;
  for (const std::string_view part : parts) sum.add(part);
  return sum.digest();
}

}  // namespace infoplane

"""Ed25519 and AES-256-GCM from OpenSSL's library; hashes are Python's own."""

import ctypes
import ctypes.util
import hashlib

_lib = ctypes.CDLL(ctypes.util.find_library("crypto"))
_pointer = ctypes.c_void_p
for name in ("EVP_PKEY_new_raw_public_key", "EVP_MD_CTX_new", "EVP_CIPHER_CTX_new", "EVP_aes_256_gcm"):
    getattr(_lib, name).restype = _pointer
_ED25519, _SET_TAG = 1087, 0x11


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def verifies(public_key, message, signature):
    """Whether an Ed25519 signature holds (RFC 8032)."""
    key = _pointer(_lib.EVP_PKEY_new_raw_public_key(_ED25519, None, public_key, ctypes.c_size_t(len(public_key))))
    context = _pointer(_lib.EVP_MD_CTX_new())
    try:
        _lib.EVP_DigestVerifyInit(context, None, None, None, key)
        lengths = ctypes.c_size_t(len(signature)), ctypes.c_size_t(len(message))
        return _lib.EVP_DigestVerify(context, signature, lengths[0], message, lengths[1]) == 1
    finally:
        _lib.EVP_MD_CTX_free(context)
        _lib.EVP_PKEY_free(key)


def opened(key, nonce, ciphertext, tag, additional):
    """The plaintext of AES-256-GCM, or None when key, tag or additional data are not right."""
    context = _pointer(_lib.EVP_CIPHER_CTX_new())
    try:
        length = ctypes.c_int(0)
        plain = ctypes.create_string_buffer(len(ciphertext) + 16)
        _lib.EVP_DecryptInit_ex(context, _pointer(_lib.EVP_aes_256_gcm()), None, key, nonce)
        _lib.EVP_DecryptUpdate(context, None, ctypes.byref(length), additional, len(additional))
        _lib.EVP_DecryptUpdate(context, plain, ctypes.byref(length), ciphertext, len(ciphertext))
        _lib.EVP_CIPHER_CTX_ctrl(context, _SET_TAG, len(tag), tag)
        done = _lib.EVP_DecryptFinal_ex(context, plain, ctypes.byref(ctypes.c_int(0)))
        return plain.raw[: len(ciphertext)] if done == 1 else None
    finally:
        _lib.EVP_CIPHER_CTX_free(context)

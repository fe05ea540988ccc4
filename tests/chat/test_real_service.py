"""The protocol against a real serving stack: `transformers serve` with a tiny model written on the spot.

The model knows one sentence and says it to everybody, so that requests, streams, endings and refusals are those of a
real service, and the answer is proven like any other.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from safetensors.numpy import save_file
from task_list import QUESTION, assistant_with
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.lookups import Lookup, PassageWords
from assistant.chat.provider import ChatModel, Message, Reply, Text, Tool, Usage
from assistant.errors import ChatError

ASKED = [Message("user", "你好")]
# A word is a token of its own and leads to the next; the first follows the end of every prompt.
WORDS = ("散煤治理存在盲区", "由区商务局", "、区市场监管局", "牵头", "[1]", "。")
SENTENCE = "散煤治理存在盲区由区商务局、区市场监管局牵头。"
_TEMPLATE = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}assistant:"
_PROMPT_END = ":"
_WIDTH = 272
_READY_S = 120


def make_model(folder: Path) -> None:
    """A model of one layer that does nothing: what it says next depends on the last token alone."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    ids = {token: index for index, token in enumerate(["<s>", "</s>", *alphabet])}
    tokenizer = Tokenizer(models.BPE(ids, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<s>", "</s>"])
    tokenizer.add_tokens(list(WORDS))
    tokenizer.save(str(folder / "tokenizer.json"))
    said = [ids[_PROMPT_END], *(tokenizer.token_to_id(word) for word in WORDS), ids["</s>"]]
    save_file(_weights(said), folder / "model.safetensors", {"format": "pt"})
    for name, content in _configuration().items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def _weights(said: list[int]) -> dict[str, Any]:
    one = np.ones(_WIDTH, np.float32)
    zero = np.zeros((_WIDTH, _WIDTH), np.float32)
    leads_to = zero.copy()
    leads_to[said[1:], said[:-1]] = 1
    layer = "model.layers.0"
    parts = ("self_attn.q", "self_attn.k", "self_attn.v", "self_attn.o", "mlp.gate", "mlp.up")
    return {
        "model.embed_tokens.weight": np.eye(_WIDTH, dtype=np.float32),
        "lm_head.weight": leads_to,
        "model.norm.weight": one,
        f"{layer}.input_layernorm.weight": one.copy(),
        f"{layer}.post_attention_layernorm.weight": one.copy(),
        **{f"{layer}.{part}_proj.weight": zero.copy() for part in (*parts, "mlp.down")},
    }


def _configuration() -> dict[str, object]:
    model = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "dtype": "float32",
        "vocab_size": _WIDTH,
        "hidden_size": _WIDTH,
        "intermediate_size": _WIDTH,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "max_position_embeddings": 32768,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "tie_word_embeddings": False,
    }
    tokens = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "chat_template": _TEMPLATE,
    }
    generation = {"bos_token_id": 0, "eos_token_id": 1, "do_sample": False}
    return {
        "config.json": model,
        "tokenizer_config.json": tokens,
        "generation_config.json": generation,
    }


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the service and its model's name."""
    folder = tmp_path_factory.mktemp("model")
    make_model(folder)
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("transformers")),
        *("serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"),
    ]
    log = folder / "log.txt"
    with log.open("wb") as output:
        environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            _wait_until_ready(process, port, log)
            yield f"http://127.0.0.1:{port}/v1", str(folder)
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _READY_S
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture
def model(served: tuple[str, str]) -> Iterator[ChatModel]:
    url, name = served
    model = ChatModel(ChatEndpoint(name, url))
    yield model
    model.close()


pytestmark = pytest.mark.slow


def test_a_reply_is_streamed_to_its_end_and_counted(model: ChatModel) -> None:
    pieces = list(model.stream(ASKED))
    texts = [piece.text for piece in pieces if isinstance(piece, Text)]
    assert "".join(texts) == "".join(WORDS)
    assert len(texts) > 1
    [usage] = [piece for piece in pieces if isinstance(piece, Usage)]
    assert usage.input_tokens > 0
    assert usage.output_tokens >= len(WORDS)


def test_a_reply_comes_whole(model: ChatModel) -> None:
    [reply] = [one for one in model.ask(ASKED) if isinstance(one, Reply)]
    assert reply.text == "".join(WORDS)


def test_tools_may_be_offered(model: ChatModel) -> None:
    tool = Tool("plan", "检索计划", {"type": "object", "properties": {"topic": {"type": "string"}}})
    [reply] = [one for one in model.ask(ASKED, [tool]) if isinstance(one, Reply)]
    assert (reply.text, reply.calls) == ("".join(WORDS), ())
    lookup = Lookup("search_passages", "检索", PassageWords, lambda question, document="": "")
    texts = [piece.text for piece in model.stream(ASKED, [lookup]) if isinstance(piece, Text)]
    assert "".join(texts) == "".join(WORDS)


def test_an_unknown_model_is_told(served: tuple[str, str]) -> None:
    model = ChatModel(ChatEndpoint("no-such-model", served[0], attempts=1))
    with pytest.raises(ChatError, match="DUBAN_CHAT_MODEL"):
        list(model.stream(ASKED))
    model.close()


def test_stopping_leaves_the_service_well(model: ChatModel) -> None:
    stream = model.stream(ASKED)
    next(piece for piece in stream if isinstance(piece, Text))
    stream.close()
    assert any(isinstance(piece, Text) for piece in model.stream(ASKED))


def test_what_a_real_service_says_is_proven(model: ChatModel) -> None:
    answer = assistant_with(model).answer(QUESTION)
    assert answer.text.startswith(SENTENCE)
    assert any("牵头单位：区商务局" in one.quote for one in answer.citations)
    assert answer.writing is not None
    assert (answer.writing.verified, answer.writing.built_in) == (1, False)

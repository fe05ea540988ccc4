"""Chat models: an OpenAI-compatible model plans the search and words the answer; Duban proves each sentence.

`provider` and `agent` alone know LangChain. Everything a model says passes `proof` before it is shown, and a model
that is slow, broken or lying leaves the built-in answer in its place.
"""

{%- extends "nbgrader/base_403.tpl" -%}

{%- block body -%}
<p>{{ say("lists.error_403") }}</p>
{%- endblock -%}
